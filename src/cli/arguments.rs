//! What can be asked of the program. The only place that knows the argument parser.

use super::Exit;
use super::terminal::{self, complain};
use crate::diagnostic::Severity;
use crate::document::layout::GENRES;
use crate::report::Format;
use crate::rule::load::nearest;
use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, Parser};
use std::ffi::OsString;
use std::io::{Write, stderr, stdout};
use std::path::PathBuf;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

const EXIT_CODES: &str = "退出码：\n  0  没有达到 --fail-on 级别的问题\n  1  有这样的问题\n  2  未能完成：选项或规则有误，指定的文件读不了\n";

const COLUMN_NAMES: &str = "列名（次序不限，其他列略去）：\n  误、错误、错误写法、不规范、wrong    错误写法，必有\n  正、正确、规范、应为、right          正确写法，必有\n  不算误、例外、not-when               含有误而不算错的较长文字，以“、”分开\n  依据、出处、basis                    依据\n";

#[derive(Parser)]
#[command(
    name = "kanwu",
    version,
    about = "勘误：按规则检查中文公文，指出有误的文字、依据和改法",
    help_template = TEMPLATE,
    override_usage = "kanwu <命令> [选项]",
    subcommand_help_heading = "命令",
    next_help_heading = "选项",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// 显示帮助
    #[arg(short, long, action = ArgAction::Help, global = true, display_order = 1000)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 1001)]
    version: Option<bool>,
}

/// What to do.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// 检查文件和文件夹
    #[command(help_template = TEMPLATE, override_usage = "kanwu check [选项] [路径]...", after_help = EXIT_CODES)]
    Check(CheckArguments),
    /// 说明一条规则：为什么、依据、例子、怎样不查
    #[command(help_template = TEMPLATE, override_usage = "kanwu explain [选项] <规则编号>", arg_required_else_help = true)]
    Explain(ExplainArguments),
    /// 规则：清单、测试、格式定义、逐步计数、词表导入
    #[command(
        subcommand,
        help_template = TEMPLATE,
        override_usage = "kanwu rules <命令> [选项]",
        subcommand_help_heading = "命令",
        arg_required_else_help = true
    )]
    Rules(RulesCommand),
    /// 显示规则所看到的文件：结构、字段、数值及其位置
    #[command(help_template = TEMPLATE, override_usage = "kanwu inspect [选项] <文件>", arg_required_else_help = true)]
    Inspect(InspectArguments),
}

/// What to do with rules.
#[derive(clap::Subcommand, Debug)]
pub enum RulesCommand {
    /// 列出全部规则
    #[command(help_template = TEMPLATE, override_usage = "kanwu rules list [选项]")]
    List(ListArguments),
    /// 运行规则里的例子
    #[command(help_template = TEMPLATE, override_usage = "kanwu rules test [选项] [文件或文件夹]")]
    Test(TestArguments),
    /// 输出规则文件的 JSON Schema，供编辑器补全和检查
    #[command(help_template = TEMPLATE, override_usage = "kanwu rules schema")]
    Schema,
    /// 数一条规则在一个文件里每一步留下多少处
    #[command(help_template = TEMPLATE, override_usage = "kanwu rules trace [选项] <规则编号> <文件>", arg_required_else_help = true)]
    Trace(TraceArguments),
    /// 把词表（.xlsx .xls .ods .csv .tsv）做成规则用的表
    #[command(
        help_template = TEMPLATE,
        override_usage = "kanwu rules import [选项] <词表>",
        after_help = COLUMN_NAMES,
        arg_required_else_help = true
    )]
    Import(ImportArguments),
}

/// What `check` is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct CheckArguments {
    /// 文件或文件夹，默认为当前文件夹；“-”为标准输入
    #[arg(value_name = "路径", help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 输出格式：pretty、concise、json、jsonl（默认 pretty）
    #[arg(long, value_name = "格式", default_value = "pretty", hide_default_value = true, value_parser = format)]
    pub format: Format,
    /// 加用规则文件，或文件夹里的规则文件（可多次）
    #[arg(long, value_name = "路径")]
    pub rules: Vec<PathBuf>,
    /// 只用这些规则，如 punctuation/*（可多次，可用逗号分隔）
    #[arg(long, value_name = "编号")]
    pub only: Vec<String>,
    /// 不用这些规则（可多次，可用逗号分隔）
    #[arg(long, value_name = "编号")]
    pub skip: Vec<String>,
    /// 显示哪级以上的问题：info、warning、error（默认 info）
    #[arg(long, value_name = "级别", default_value = "info", hide_default_value = true, value_parser = severity)]
    pub severity: Severity,
    /// 有哪级以上的问题时退出码为1：error、warning、info、never
    /// （默认 error）
    #[arg(long, value_name = "级别", default_value = "error", hide_default_value = true, value_parser = fail_on, verbatim_doc_comment)]
    pub fail_on: FailOn,
    /// 不理会 kanwu.yaml、.gitignore 和 .kanwuignore
    #[arg(long)]
    pub isolated: bool,
    /// 所列的每个文件夹、逐个所列的文件各为一套，文件之间互相核对
    #[arg(long)]
    pub set: bool,
    /// 文种，如 通知、请示、函；不写则由标题判断
    #[arg(long, value_name = "文种", value_parser = genre)]
    pub genre: Option<String>,
    /// 标准输入的文件名，扩展名决定类型（默认为纯文本）
    #[arg(long, value_name = "文件名")]
    pub stdin_filename: Option<String>,
    /// 线程数（默认与处理器核数相同）
    #[arg(long, value_name = "数", value_parser = jobs)]
    pub jobs: Option<usize>,
    /// 颜色：auto、always、never（默认 auto）
    #[arg(long, value_name = "何时", default_value = "auto", hide_default_value = true, value_parser = color)]
    pub color: Color,
    /// 最后按规则和级别统计问题数
    #[arg(long)]
    pub statistics: bool,
    /// 只输出问题和读不了的文件
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// 另外说明规则数和每份文件的编码、用时
    #[arg(short, long)]
    pub verbose: bool,
}

/// What `explain` is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct ExplainArguments {
    /// 规则编号，如 punctuation/doubled；只写组名，如 punctuation，则列出这一组
    #[arg(value_name = "规则编号", help_heading = "参数", display_order = 1)]
    pub rule: String,
    /// 加用规则文件，或文件夹里的规则文件（可多次）
    #[arg(long, value_name = "路径")]
    pub rules: Vec<PathBuf>,
    /// 颜色：auto、always、never（默认 auto）
    #[arg(long, value_name = "何时", default_value = "auto", hide_default_value = true, value_parser = color)]
    pub color: Color,
}

/// What `inspect` is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct InspectArguments {
    /// 要看的文件，“-”为标准输入
    #[arg(value_name = "文件", help_heading = "参数", display_order = 2)]
    pub file: PathBuf,
    /// 输出格式：tree、json、text，facts 为指标清单，csv 为可用
    /// 电子表格打开的指标清单（默认 tree）
    #[arg(long, value_name = "格式", default_value = "tree", hide_default_value = true, value_parser = inspect_format)]
    pub format: InspectFormat,
    /// 标准输入的文件名，扩展名决定类型（默认为纯文本）
    #[arg(long, value_name = "文件名")]
    pub stdin_filename: Option<String>,
}

/// What `rules list` is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct ListArguments {
    /// 加用规则文件，或文件夹里的规则文件（可多次）
    #[arg(long, value_name = "路径")]
    pub rules: Vec<PathBuf>,
    /// 输出格式：table、json、markdown（默认 table）
    #[arg(long, value_name = "格式", default_value = "table", hide_default_value = true, value_parser = list_format)]
    pub format: ListFormat,
}

/// What `rules test` is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct TestArguments {
    /// 规则文件，或有规则文件的文件夹；不写则测试内置规则
    #[arg(value_name = "文件或文件夹", help_heading = "参数")]
    pub path: Option<PathBuf>,
}

/// What `rules trace` is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct TraceArguments {
    /// 规则编号，如 punctuation/doubled
    #[arg(value_name = "规则编号", help_heading = "参数", display_order = 1)]
    pub rule: String,
    /// 要看的文件，“-”为标准输入
    #[arg(value_name = "文件", help_heading = "参数", display_order = 2)]
    pub file: PathBuf,
    /// 加用规则文件，或文件夹里的规则文件（可多次）
    #[arg(long, value_name = "路径")]
    pub rules: Vec<PathBuf>,
}

/// What `rules import` is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct ImportArguments {
    /// 词表：工作簿，或以逗号、制表符分隔的文本
    #[arg(value_name = "词表", help_heading = "参数")]
    pub file: PathBuf,
    /// 写入这个表（.tsv）；不写则输出到屏幕
    #[arg(short, long, value_name = "表")]
    pub output: Option<PathBuf>,
    /// 工作表的名称（默认为第一张有内容的）
    #[arg(long, value_name = "名称")]
    pub sheet: Option<String>,
    /// 表的标题（默认为词表的文件名）
    #[arg(long, value_name = "标题")]
    pub title: Option<String>,
    /// 核对的日期，如 2026-01-31（默认为今天）
    #[arg(long, value_name = "日期", value_parser = day)]
    pub checked: Option<String>,
    /// 同时写出使用这个表的规则（.yaml，与表同一文件夹）
    #[arg(long, value_name = "规则文件", requires = "output")]
    pub rule: Option<PathBuf>,
    /// 覆盖已有的表和规则文件
    #[arg(long)]
    pub force: bool,
}

/// When colours are used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// From which level on findings fail a run; `None` for never.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FailOn(pub Option<Severity>);

/// How `inspect` shows a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InspectFormat {
    /// Its structure, for people.
    Tree,
    /// Everything, for programs.
    Json,
    /// The prose.
    Text,
    /// Its metrics, for people.
    Facts,
    /// Its metrics, for a spreadsheet.
    Csv,
}

/// How `rules list` shows the rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// As the reference: all that `explain` says, on one page.
    Markdown,
}

/// Reads the arguments. What needs no command — help, version, a mistake — is shown here and ends the run.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Exit> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    // `kanwu help check` is what many type first.
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    let error = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => return Ok(arguments.command),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no mistake.
            let _ = stdout().write_all(help(&error, terminal::color(Color::Auto)).as_bytes());
            Err(Exit::Clean)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = stderr().write_all(help(&error, terminal::color_of_messages(Color::Auto)).as_bytes());
            Err(Exit::Failed)
        }
        _ => {
            complain(&mistake(&error));
            Err(Exit::Failed)
        }
    }
}

/// The help text, its headings with the colon of the language they are in.
fn help(error: &clap::Error, color: bool) -> String {
    let styled = error.render();
    let mut text = if color { styled.ansi().to_string() } else { styled.to_string() };
    for heading in ["参数", "选项", "命令"] {
        text = text.replace(&format!("{heading}:"), &format!("{heading}："));
    }
    text
}

/// What is wrong with the arguments, in Chinese.
fn mistake(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let option = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => match context(ContextKind::SuggestedArg) {
            near if near.is_empty() => format!("没有选项“{option}”"),
            near => format!("没有选项“{option}”，是否想写“{near}”？"),
        },
        ErrorKind::InvalidSubcommand => match context(ContextKind::SuggestedSubcommand) {
            near if near.is_empty() => format!("没有命令“{}”", context(ContextKind::InvalidSubcommand)),
            near => format!("没有命令“{}”，是否想写“{near}”？", context(ContextKind::InvalidSubcommand)),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少{option}"),
        ErrorKind::ArgumentConflict => format!("{option} 不能与 {} 同用", context(ContextKind::PriorArg)),
        ErrorKind::ValueValidation => match std::error::Error::source(error) {
            Some(reason) => format!("{option}：{reason}"),
            None => format!("{option}：值“{value}”不对"),
        },
        ErrorKind::InvalidValue | ErrorKind::TooFewValues if value.is_empty() => format!("{option} 后缺值"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => format!("{option} 的值太多：“{value}”"),
        ErrorKind::NoEquals => format!("{option} 后应有“=”"),
        ErrorKind::InvalidUtf8 => "选项里有不是UTF-8的字符".to_owned(),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        _ => format!("{option}：值“{value}”不对"),
    };
    format!("{said}\n      用 kanwu --help 或 kanwu <命令> --help 查看用法")
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join("、"),
        ContextValue::StyledStr(words) => words.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The value a word stands for, or the words there are.
fn one_of<T: Clone>(word: &str, known: &[(&str, T)]) -> Result<T, String> {
    if let Some((_, value)) = known.iter().find(|(name, _)| *name == word) {
        return Ok(value.clone());
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    Err(match nearest(word, names.iter().copied()) {
        Some(near) => format!("没有“{word}”，是否想写“{near}”？可用：{}", names.join("、")),
        None => format!("没有“{word}”，可用：{}", names.join("、")),
    })
}

fn format(word: &str) -> Result<Format, String> {
    one_of(word, &Format::ALL.map(|format| (format.name(), format)))
}

fn severity(word: &str) -> Result<Severity, String> {
    let known = [Severity::Info, Severity::Warning, Severity::Error].map(|severity| (severity.name(), severity));
    one_of(word, &known)
}

fn fail_on(word: &str) -> Result<FailOn, String> {
    let known = [Severity::Error, Severity::Warning, Severity::Info].map(|level| (level.name(), FailOn(Some(level))));
    one_of(word, &[known.as_slice(), &[("never", FailOn(None))]].concat())
}

fn color(word: &str) -> Result<Color, String> {
    one_of(word, &[("auto", Color::Auto), ("always", Color::Always), ("never", Color::Never)])
}

fn inspect_format(word: &str) -> Result<InspectFormat, String> {
    let known = [
        ("tree", InspectFormat::Tree),
        ("json", InspectFormat::Json),
        ("text", InspectFormat::Text),
        ("facts", InspectFormat::Facts),
        ("csv", InspectFormat::Csv),
    ];
    one_of(word, &known)
}

fn list_format(word: &str) -> Result<ListFormat, String> {
    one_of(word, &[("table", ListFormat::Table), ("json", ListFormat::Json), ("markdown", ListFormat::Markdown)])
}

fn genre(word: &str) -> Result<String, String> {
    let known: Vec<(&str, String)> = GENRES.iter().map(|genre| (*genre, (*genre).to_owned())).collect();
    one_of(word, &known)
}

fn day(word: &str) -> Result<String, String> {
    let is_whole = word.len() == 10 && word.parse::<NaiveDate>().is_ok();
    if is_whole { Ok(word.to_owned()) } else { Err(format!("“{word}”应为实有的日期，写作 2026-01-31")) }
}

fn jobs(word: &str) -> Result<usize, String> {
    match word.parse() {
        Ok(jobs @ 1..=1024) => Ok(jobs),
        _ => Err(format!("“{word}”应为1到1024的整数")),
    }
}
