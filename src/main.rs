//! The program `kanwu`.

fn main() {}
