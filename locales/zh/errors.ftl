# 出了什么错，怎样改。

bug = 这是“复盘”程序自身的缺陷，不是您的输入有误：{ $detail }。没有写入任何文件。请连同所用命令一并反馈。
interrupted = 已停止，没有写入任何文件。
path-absent = { $path }：没有这个文件或文件夹。请核对写法，或给出完整路径。
file-changed = { $path }：读取过程中文件发生了变化，未写入任何内容。请等文件写完后再试。
cannot-read = { $path }：{ $reason ->
    [denied] 没有读取权限。请申请权限，或复制到可读的位置。
    [directory] 这是文件夹，此处应为文件。
    [not-directory] 路径中有一段是文件，不是文件夹。
   *[other] 无法读取：{ $detail }
  }
cannot-write = { $path }：{ $reason ->
    [denied] 没有写入权限，或正被其他程序打开。请先关闭该文件，或用 --out 另指文件夹。
    [full] 磁盘已满。请腾出空间后重新运行同一命令；原有文件均未改动。
    [directory] 这是文件夹，此处应写入文件。
    [not-directory] 路径中有一段是文件，不是文件夹。
    [read-only] 磁盘为只读。请用 --out 另指文件夹。
   *[other] 无法写入：{ $detail }
  }
target-is-folder = { $path }：要写入文件的位置上是一个文件夹。请将其移走，或用 --out 另指文件夹。
file-is-folder = { $path }：这是文件夹，此处应为文件。
not-a-folder = { $path }：这是文件，此处应为文件夹。
not-utf8 = { $path } 第 { $line } 行：不是 UTF-8 编码。请另存为 UTF-8 后再运行。
row-absent = { $id }：{ $edition } 中没有这一条。编号写法见标准库各文件，例如 standard/*/crosschecks.toml。

# 标准库的错误。
fault-syntax = { $at } 第 { $line } 行：不是 TOML 格式：{ $detail }
fault-unknown-file = { $at }：标准库没有这个文件。可以有：{ $expected }
fault-missing-file = { $at }：标准库缺少这个文件。
fault-duplicate-file = { $at }：这个文件给了两次。
fault-unknown-key = { $at }：未知的键。应为其中之一：{ $expected }
fault-missing = { $at }：缺少。应为 { $expected }
fault-sort = { $at }：现为 { $found }，应为 { $expected }
fault-word = { $at }：不允许“{ $found }”。应为其中之一：{ $expected }
fault-empty = { $at }：为空。应为 { $expected }
fault-duplicate-id = { $at }：该编号已在 { $other } 中使用。编号在整个标准库中唯一。
fault-dangling = { $at }：没有条目“{ $found }”。应为下列表中的编号：{ $expected }
fault-no-quantity = { $at }：事实种类 { $kind } 没有数值“{ $found }”。它有：{ $expected }
fault-status = { $at }：状态“{ $found }”与标记 { $mark } 不符，应为“{ $expected }”
fault-no-effective-date = { $at }：法规条目须有 effective-from，写作 YYYY-MM-DD。
fault-address = { $at }：来源应写法规、种子文件或编制组，不应写网址“{ $found }”。
fault-disorder = { $at }：{ $found } 次序不对。应为 { $expected }
fault-clash = { $at }：{ $found }。应为 { $expected }

# 时间线文件的错误。
solve-not-json = { $file } 第 { $line } 行第 { $column } 列：不是 JSON 格式：{ $detail }
solve-format = { $file }：不是 fupan-timeline/1 文件。应为：{ $expected }
solve-field = { $file }，实例 { $instance }，{ $place }：{ $key } 应为 { $expected }
solve-kind = { $file }，实例 { $instance }，记录 { $record }：未知的 kind“{ $kind }”。应为 obs、order、clock、clockrel、clockstep 或 allen。
solve-branches = { $file }，实例 { $instance }：备选分支 { $count } 个，最多试 { $most } 个。请拆分该实例。
solve-hard = { $file }，实例 { $instance }：不得搁置的记录相互矛盾，超出 { $excess_ms } 毫秒：{ $records }。请更正其中一条，或去掉它的 hard。
record-twice = { $at }，记录 { $record }：编号重复。
record-clock = { $at }，记录 { $record }：时钟“{ $clock }”未声明。请在 clocks 中声明，或更正名称。
record-name = { $at }，记录 { $record }：时钟或事件的名称为空。
record-span = { $at }，记录 { $record }：下限 { $lo } 高于上限 { $hi }。
record-range = { $at }，记录 { $record }：{ $value } 毫秒距计时起点超过 2^40 毫秒（34 年）。
record-weight = { $at }，记录 { $record }：权重 { $weight } 不在 0 与 2^31 之间。
record-order = { $at }，记录 { $record }：先后关系须有 min 或 max。
drift-anchor = { $at }：没有锚点，无从得知该时钟的情况。
drift-rate = { $at }：漂移率应不小于 0、小于 1,000,000,000 ppb，现为 { $rate }。
drift-range = { $at }：{ $value } 毫秒距计时起点超过 2^40 毫秒（34 年）。
drift-span = { $at }：下限 { $lo } 高于上限 { $hi }。
network-large = { $at }：时钟与事件共 { $count } 个，最多 2^20 个方可保证求和不溢出。

# 无法评估，或无法按要求评估的卷宗。
event-absent = { $at }：没有记录涉及事件“{ $event }”。名称相近的事件：{ $near }
event-none = { $at }：没有记录涉及事件“{ $event }”，卷宗中没有任何事件。
explain-limit = --limit：“{ $found }”不是分钟数。应为不小于 0 的数，如 60 或 2.5
case-hard = { $at }：不得搁置的记录相互矛盾，超出 { $excess_ms } 毫秒：{ $records }。请更正其中一条，或更正读数所用的时钟。
not-a-case-folder = { $path }：文件夹中没有 case.toml，不是卷宗。请指向含有它的文件夹，或 fupan-case/1 文件。
import-needs-case = 请给出 --case 和 --source 以收入日志，或用 --dry-run 试读映射。
import-needs-mapping = 请用 --mapping 给出映射；还没有映射的，先用 --suggest 拟一份。
import-needs-folder = { $path }：日志只能收入卷宗文件夹。请先写成文件夹：fupan export --as folder。
import-id-taken = { $id }：另一件证据已用此编号。请用 --source 另选编号。
import-path-taken = { $path }：卷宗中已有这个文件。请给日志改名，或移走已有文件。
export-not-empty = { $path }：文件夹不是空的。请指向空文件夹，或尚不存在的文件夹。
original-absent = { $id }：原件 { $path } 不存在，或与其摘要不符。请放回卷宗旁。
fact-id-taken = { $id }：另一条事实已用此编号。请用 --id 另选。
row-id-taken = { $id }：同类的另一条已用此编号。请另选编号。
format-unknown = { $format }：没有这种格式。应为 json、html、docx、xlsx。
format-not-built = { $format }：此版本不能写出 { $format }。请改用 json、html、docx 或 xlsx。
format-none = 没有写明格式。应为 json、html、docx、xlsx。
language-unknown = { $language }：报告只有 zh 和 en 两种语言。请更正卷宗中的 languages，或用 --report-lang zh,en 指定。

# 用法。
usage-unknown-argument = { $argument }：此处没有这个选项。加 --help 可查看有哪些选项。
usage-unknown-verb = { $argument }：没有这个命令。运行 fupan --help 可查看有哪些命令。
usage-missing = 缺少：{ $argument }。加 --help 可查看命令的写法。
usage-bad-value = { $argument }：不能是“{ $value }”。应为：{ $expected }
usage-not-number = { $argument }：“{ $value }”不是数。应为整数，以数字书写。
usage-no-verb = 缺少命令。运行 fupan --help 可查看有哪些命令。
usage-conflict = { $argument } 不能与 { $other } 同时给出，或重复给出。
usage-other = { $detail }

# 卷宗、映射或日志的错误。
intake-file-absent = { $at }：卷宗引用了这个文件，但它不存在。请补上文件，或删去引用。
intake-file-unreadable = { $at }：文件存在但无法读取：{ $why }
intake-empty-file = { $at }：文件是空的，或在映射所写的表头行没有内容。请核对文件与 header_row。
intake-not-utf8 = { $at }：不是 UTF-8 编码。请另存为 UTF-8。
intake-not-json = { $at }：不是 JSON 格式：{ $why }
intake-not-toml = { $at }：不是 TOML 格式：{ $why }
intake-wrong-format = { $at }：现为“{ $found }”，应为 { $expected } 格式。
intake-other-format = { $at }：此文件不是 { $expected }。请更正映射中的 format，或去掉只有 { $expected } 才有的内容（如 files、table、sheet、begins、range、header_rows）。
intake-missing = { $at }：缺少，此处必须填写。
intake-wrong-type = { $at }：现为 { $found }，应为{ $expected ->
    [text] 文字
    [number] 数字
    [whole-number] 整数
    [yes-no] true 或 false
    [ppm] 百万分率，大于 0、小于 1,000,000
    [list] 列表
    [table] 表
    [template] 花括号成对的文字，如 "报警-{ "{" }位号{ "}" }"
    [pattern] 行模式，如 "{ "{" }时间{ "}" } [{ "{" }级别{ "}" }] { "{" }描述{ "}" }"
    [range] 区域，如 "B3:H40"
    [row-list] 由小到大的行号，如 [2, 3]
    [row-count] 2 至 100000 的整数
    [pivot] 0 至 99 的整数
   *[other] { $expected }
  }。
intake-one-of = { $at }：现为“{ $found }”，应为其中之一：{ $known }
intake-unknown-key = { $at }：此处不认识“{ $found }”。可用的有：{ $known }
intake-both-keys = { $at }：{ $a } 与 { $b } 只能填一个。
intake-negative = { $at }：现为 { $found }，不能小于零。不清楚的请不填。
intake-bad-date = { $at }：“{ $found }”不是日期，或日历上没有这一天。请写作 YYYY-MM-DD。
intake-bad-zone = { $at }：“{ $found }”不是时区偏移。请写作 +08:00 的形式，在 -12:00 与 +14:00 之间。
intake-bad-time = { $at }：“{ $found }”不是可识读的时间。请写作 2024-05-12T13:13:00+08:00 或 2024-05-12 13:13。
intake-far-time = { $at }：{ $found } 距事故日期超过 34 年。请核对年份。
intake-bad-bounds = { $at }：{ $found }：下限高于上限，或数值过大。请写作 [早, 晚]，单位秒。
intake-unknown-policy = { $at }：标准库没有读数规则“{ $found }”。有：{ $known }
intake-duplicate = { $at }：编号“{ $found }”重复。同类编号（{ $what ->
    [party] 责任主体
    [clock] 时钟
    [question] 待查间隔
    [evidence] 证据
    [record] 事实
    [fact] 事实
    [request] 调取
    [interview] 询问
    [finding] 结论
    [column] 列
    [event] 事件
   *[other] { $what }
  }）只能出现一次。
intake-unknown-id = { $at }：没有“{ $found }”（{ $what ->
    [party] 责任主体
    [clock] 时钟
    [question] 待查间隔
    [evidence] 证据
    [record] 事实
    [fact] 事实
    [request] 调取
    [interview] 询问
    [finding] 结论
    [column] 列
    [event] 事件
   *[other] { $what }
  }）。已有：{ $known }
intake-no-cite = { $at }：没有写明出处。请加 cite = { "{" } evidence = "…", row = … { "}" }。
intake-order-cycle = { $at }：after 与 before 在 { $events } 之间成环，涉及记录 { $records }。请去掉其中一个先后关系。
intake-bad-path = { $at }：“{ $found }”不是卷宗内的路径。请写相对于卷宗的路径，用“/”分隔，不含“..”。
intake-no-clock = { $at }：使用了这件证据的时间，但没有写明时钟。请加 clock = "civil"（假定准确，列为存疑），或在 case.toml 中声明其时钟。
intake-digest-differs = { $at }：文件与描述不符：其 SHA-256 为 { $expected }。请放回原件；若描述有误，请更正 sha256。
intake-no-descriptor = { $at }：这件原件没有描述文件。请补上 { $expected }。
intake-no-original = { $at }：所描述的原件 { $expected } 不存在。请补上，或移走描述文件。
intake-no-column = { $at }：{ $found } 中没有这一列。有：{ $known }。请更正列名或 header_row，或用 --suggest 重新拟出映射。
intake-column-twice = { $at }：{ $found } 中有两列同名。请改名，或设 header_row = 0 后用列号。
intake-no-sheet = { $at }：工作簿没有“{ $found }”这张表。有：{ $known }
intake-not-table = { $at }：无法按表格读取：{ $why }。请核对映射中的 format，或重新导出文件。
intake-unknown-encoding = { $at }：无法从内容判断编码。请在映射中写明 encoding，可为：{ $known }
intake-no-zone = { $at }：“{ $found }”（{ $spot }）不带时区，映射也没有写 zone。请加 zone = "+08:00"。
intake-no-order = { $at }：“{ $found }”（{ $spot }）的日月次序看不出来。请在映射的这一列写明 order，可为：{ $known }
intake-no-pivot = { $at }：“{ $found }”（{ $spot }）的年份只有两位。请在映射的这一列写明 order 和 pivot（从哪一年起算 19xx，如 pivot = 70）。
intake-bomb = { $at }：解压后超出限度（{ $what ->
    [ratio] 超过压缩大小的 { $limit } 倍
    [members] 超过 { $limit } 个文件
   *[other] 超过 { $limit } 字节
  }），拒绝读取。若确是日志，请先解压再导入。
intake-no-member = { $at }：压缩包内没有 { $expected }。有：{ $known }
intake-packing = { $at }：压缩包内的 { $expected } 已加密，或压缩方式不能识读。请用普通 zip 重新打包。
intake-other-columns = { $at }：{ $expected } 的列与第一个文件不同，其列为：{ $known }。请用 files 指明同一份日志的文件。
intake-no-list = { $at }：JSON 中的“{ $expected }”处没有由对象组成的列表。请在映射中用 rows 写明路径，如 rows = "data.items"。
intake-no-begin = { $at }：表中没有内容为“{ $expected }”的单元格。请在 begins 中写表头第一格的内容。
intake-no-table-in-document = { $at }：文档有 { $count } 张表。请在 table 中写明第几张，从 1 起。
intake-no-pattern = { $at }：这是逐行文字，映射没有写 pattern。请补上，如 pattern = "{ "{" }time{ "}" } { "{" }text{ "}" }"；可用 fupan import FILE --suggest 拟出。

# 文件内容读不出来的原因。
layer-unreadable = { $name }：无法读取：{ $why }
layer-not-read = { $name }：不从 { $found } 类型的文件中读取文本。
layer-locked = { $name }：文件设有密码或禁止复制。请向提交人索取未加密的副本，两份一并保存。
layer-cut-off = { $name }：文件结尾缺失，传递中被截断。请重新索取。
layer-broken = { $name }：文件内部不完整（{ $why }）。请重新索取，或另行打印为PDF；两份一并保存。
layer-encoding = { $name }：没有任何编码与内容相符，无法读取文本。
layer-too-much = { $name }：文件超出单个文件的读取上限（{ $what ->
    [file] { $limit } 字节
    [unpacked] 解压后 { $limit } 字节
    [text] 文本 { $limit } 字节
    [pages] { $limit } 页或行
    [parts] { $limit } 个部件
   *[other] { $limit } 步
  }），可能是有意制造的。若文件无误，请拆分后再读。
exif-unreadable = 设备所记信息无法读取：{ $why }
exif-broken = 设备所记信息不完整：{ $why }
exif-too-large = 图片超过 { $limit } 字节，未读取设备所记信息。
