# 结果在屏幕上的用语。
step-read = 正在读取……
step-judge = 正在比对与推算……
step-render = 正在撰写报告……
step-write = 正在保存……

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
import-rejected = 第 { $row } 行，列 { $column }：“{ $text }”，应为{ $expected ->
    [time] 时间
    [number] 数字
    [required] 非空
    [near-time] 距事故 34 年以内的时间
    [zone] 带时区的时间
    [no-nul] 不含 NUL 字节的文字
    [no-mark] 中间没有字节序标记的文字
    [pattern] 符合行模式的一行
    [pair] 成对的“名称与值”
    [value] 非空的值
    [object] JSON 对象
    [json] 完整的 JSON
    [cached-value] 保存了结果的公式
    [shorter-line] 较短的一行
    [closing-quote] 成对的引号
   *[other] { $expected }
  }
import-clock-descending = 日志自晚至早排列。
import-clock = 时钟：顺序颠倒 { $disorder } 行，时标重复 { $repeated } 行，跨零点 { $rolled } 次，跳变 { $jumps } 处
import-clock-roll = 第 { $row } 行起为次日：{ $from } → { $to }
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
place-row = 第{ $row }行
place-sheet-row = 工作表“{ $sheet }”第{ $row }行
place-page = 第{ $page }页
place-second = 第{ $second }秒
place-part = { $part }
doubt-type = 存疑：文件名后缀为“{ $declared }”，内容却是 { $found }。请向提交人问明来历。
doubt-also = 存疑：同一文件既是 { $found }，又是 { $also }。查明之前不要用任何一种程序打开。
doubt-active = 存疑：文件中有打开即会运行的内容（脚本、宏或外来内容）。
doubt-inline = 此文件是标记文本或可被当作标记文本：只能按纯文本显示或作为文件下载，不得嵌入网页显示。
