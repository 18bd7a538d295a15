//! What other people's code says in English, said in Chinese.

use std::io;

/// Why the system refused, in Chinese where the reason is a common one.
pub(super) fn system_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "文件或文件夹不存在".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是文件夹，不是文件".to_owned(),
        io::ErrorKind::NotADirectory => "路径中间有一段不是文件夹".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::InvalidFilename => "文件名不合系统规定".to_owned(),
        io::ErrorKind::TimedOut => "系统等候超时".to_owned(),
        io::ErrorKind::Interrupted => "操作被中断".to_owned(),
        io::ErrorKind::OutOfMemory => "内存不足".to_owned(),
        _ => format!("系统报告“{error}”"),
    }
}
