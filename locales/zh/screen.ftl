# 结果在屏幕上的用语。
step-read = 正在读取……
step-judge = 正在比对与推算……
step-render = 正在撰写报告……
step-write = 正在保存……
progress-read = 已读 { $percent }%，每秒 { $rate } MB，约剩 { $left }

book-sound = 标准库完好：{ $edition }，{ $files } 个文件，{ $rows } 条。
book-digest = 摘要：{ $digest }
book-standing = 核对状态：已与原文核对 { $checked } 条，未核对 { $unverified } 条，本产品建议 { $proposed } 条。
book-short = 不完整：{ $what } 有 { $found } 条，该版本应有 { $expected } 条。

row-source = 来源
row-standing = 核对状态
row-force = 施行
row-from = 自 { $from } 起
row-until = { $from } 至 { $until }
row-file = 文件
status-checked = 已与所引原文核对
status-unverified = 未与官方文本核对
status-proposed = 本产品的建议，不是标准原文
mark-V = 已见原文
mark-P = 部分见到，或仅见二手文本
mark-S = 仅见于本项目的种子文件
mark-D = 我们的设计
mark-M = 凭记忆

summary-case = { $title }
summary-grade = 事故等级：{ $grade }
summary-grade-outside = 事故等级：{ $grade }，不在标准自身的适用范围内
summary-grade-none = 事故等级：缺少数据，无法计算
summary-facts = 证据 { $evidence } 件，事实 { $facts } 条（有时间的 { $dated } 条），事件 { $events } 个
summary-conflicts = { $count ->
    [0] 没有矛盾
   *[other] 矛盾 { $count } 组
  }
summary-conflict = { $records }：不能同时为真，相差 { $excess }
summary-gaps = 时限：超过 { $over } 项，未超过 { $within } 项，无法判定 { $undecided } 项
summary-gap = { $id } { $gap } / 时限 { $limit }，{ $verdict ->
    [over] 超过时限
    [within] 在时限内
   *[undecided] 无法判定
  }：{ $name }
summary-open = { $id } { $gap }：{ $name }
summary-checks = 交叉验证点：不一致 { $discrepant }，无法核实 { $unverifiable }，一致 { $consistent }，双方均无记录 { $absent }
summary-indicators = 指标：已计算 { $computed }，待定 { $undecided }，未计算 { $missing }；超过法定时限 { $over }
summary-findings = 初拟结论：问题 { $bad } 条，经验 { $good } 条
summary-doubts = 存疑 { $doubts } 条，未采用 { $left_out } 条，理由见报告
summary-more = ……另有 { $count } 条见报告
summary-files = 已写入：
span-hours = { $n } 小时
span-minutes = { $n } 分
span-seconds = { $n } 秒
span-range = { $low }至 { $high }
span-at-least = 至少 { $low }
span-at-most = 至多 { $high }
span-open = 无界

import-rows = { $rows } 行，不能读取 { $rejected } 行，重复 { $duplicates } 行，得事实 { $facts } 条
import-span = 自 { $first } 至 { $last }
import-column = 列 { $name }：{ $min } … { $max }
import-column-sum = 列 { $name }：{ $min } … { $max }，合计 { $sum }
import-formulas = 有 { $count } 个单元格为公式，读取的是随文件保存的结果。
import-rejected = { $file } 第 { $row } 行“{ $column }”列：“{ $text }”，应为：{ $expected }
import-rejected-row = { $file } 第 { $row } 行：“{ $text }”，应为：{ $expected }
import-rejected-more = ……另有 { $count } 行未能读取；加 --json 列出前 1000 行。
row-expected = { $code ->
    [time] 能识别的时间。请写成 2024-05-12 13:13:05 这样的形式，或在映射中写明该列的 order、pivot、epoch 或 date。
    [number] 数字。请更正该单元格，或在映射中把该列改为 text。
    [required] 有内容，而此处为空。请补填，或去掉映射中的 required。
    [near-time] 与事故相距 34 年以内的时间。请核对年份，或计数的单位是 s 还是 ms。
    [policy] 标准数据中有的读数规则。请更正映射中的 policy。
    [columns] { $n } 个单元格。请去掉多余的分隔符或给内容加引号；列在中途变化的，请从变化处拆成两个文件。
    [no-nul] 不含空字节的文字。请重新导出日志。
    [no-mark] 中间没有字节顺序标记的文字。此文件由多个文件拼成，请分别导入，或打成 zip 导入。
    [pattern] 符合行模式的一行。请在 patterns 中补上这种行的模式。
    [pair] 名称和数值。请更正该单元格；表示“无”的词请写入 nothing。
    [value] 有数值，而此处为空。请更正该单元格。
    [object] JSON 对象。请更正映射中的 rows，或更正文件。
    [json] 完整的 JSON。文件在此处残缺，请重新导出。
    [cached-value] 保存了结果的公式。请用表格软件打开并另存后再导入。
    [shorter-line] 较短的一行。请检查文件的换行。
    [closing-quote] 成对的引号。请补上右引号；单元格内的引号要写两个。
   *[other] 与全文一致的 { $code } 编码。请转换这一行，或按编码拆成两个文件。
  }
import-clock-descending = 日志自晚至早排列。
import-clock = 时钟：顺序颠倒 { $disorder } 行，时标重复 { $repeated } 行，跨零点 { $rolled } 次，跳变 { $jumps } 处
import-clock-roll = 第 { $row } 行：已过零点，{ $from } → { $to }
import-clock-jump = 第 { $row } 行时钟跳变：{ $from } → { $to }
import-already = 卷宗已有逐字节相同的证据 { $id }，没有添加任何内容。
export-done = 已写入：

examine-digest = SHA-256：{ $digest }
examine-size = 大小：{ $size } 字节
examine-type = 按内容识别的类型：{ $found }
examine-exif = 设备所记信息（照原样列出，未作任何更正）：
examine-field = {"  "}{ $tag }：{ $value }
examine-field-counted = {"  "}{ $tag }：{ $value }（若为自1904年起的秒数、按UTC计：{ $moment }）
examine-text = 文本：共 { $parts } 处，有文本 { $with } 处
examine-no-text = { $count } 处没有文本（可能是图片或扫描件，可由人录入所见内容）：{ $places }
examine-unread = 有 { $count } 个字符文件未说明含义，以 � 表示。
examine-none = （没有文本）
examine-between = 、
place-whole = 全文
place-record = 记录{ $record }
place-row = 第{ $row }行
place-sheet-row = 工作表“{ $sheet }”第{ $row }行
place-page = 第{ $page }页
place-second = 第{ $second }秒
place-part = { $part }
doubt-type = 存疑：文件名后缀为“{ $declared }”，内容却是 { $found }。请向提交人问明来历。
doubt-also = 存疑：同一文件既是 { $found }，又是 { $also }。查明之前不要用任何一种程序打开。
doubt-active = 存疑：文件中有打开即会运行的内容（脚本、宏或外来内容）。
doubt-inline = 此文件是标记文本或可被当作标记文本：只能按纯文本显示或作为文件下载，不得嵌入网页显示。
# 间隔为何如此。
verdict-none = 无时限
verdict-over = 超过时限
verdict-within = 未超过时限
verdict-unbounded = 无上界
verdict-undecided = 不能判定
explain-title = 自 { $from } 至 { $to }：{ $gap }
explain-limit-asked = 时限 { $limit }（卷宗待查间隔 { $question }）：{ $verdict }
explain-limit-given = 时限 { $limit }：{ $verdict }
explain-choice = { $by }已选定不采 { $records }，理由：{ $reason }
explain-capped = 矛盾或解释的数量超过上限，所看并非全部。
explain-union = { $count } 种解释合并：{ $gap }
explain-same = 各种解释下结论相同：{ $verdict }
explain-differs = 各种解释下结论不同。
explain-firm = 任何一条记录有误，结论都不变。
explain-conflicts = 所涉记录相互矛盾：
explain-under-least = 解释 { $n }（代价 { $cost }，最小），不采 { $records }：{ $gap }，{ $verdict }
explain-under = 解释 { $n }（代价 { $cost }），不采 { $records }：{ $gap }，{ $verdict }
explain-itself = 同一事件，间隔为零。
explain-least = 至少 { $gap }，因为
explain-most = 至多 { $gap }，因为
explain-no-least = 没有记录给出下界。
explain-no-most = 没有记录给出上界。
explain-read-earliest = [{ $record }] { $event } 发生时，时钟“{ $clock }”最早显示 { $time }
explain-read-latest = [{ $record }] { $event } 发生时，时钟“{ $clock }”最迟显示 { $time }
explain-order-least = [{ $record }] { $to } 至少晚于 { $from } { $length }
explain-order-most = [{ $record }] { $to } 至多晚于 { $from } { $length }
explain-clock-least = [{ $record }] 时钟“{ $from }”至少比“{ $to }”快 { $length }
explain-clock-most = [{ $record }] 时钟“{ $from }”至多比“{ $to }”快 { $length }
explain-sum = 合计 { $sum } = { $steps }
explain-turns = 出现下列情形，结论才会改变：
explain-turns-none = 任何一条记录有误，结论都不变。
explain-turn = [{ $record }] 在所述误差之外至少再偏差 { $off }；不采它时：{ $gap }，{ $verdict }
explain-records = 记录：
explain-record = [{ $record }] { $words }（权重 { $weight }；{ $cites }）
