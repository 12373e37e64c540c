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
summary-gap = { $id }：{ $from } → { $to }：{ $gap } / 时限 { $limit }
summary-checks = 交叉验证点：不一致 { $discrepant }，无法核实 { $unverifiable }，一致 { $consistent }，双方均无记录 { $absent }
summary-indicators = 指标：已计算 { $computed }，待定 { $undecided }，未计算 { $missing }；超过法定时限 { $over }
summary-findings = 初拟结论：问题 { $bad } 条，经验 { $good } 条
summary-doubts = 存疑 { $doubts } 条，未采用 { $left_out } 条，理由见报告
summary-more = ……另有 { $count } 条见报告
summary-files = 已写入：
span-hours = { $n } 小时
span-minutes = { $n } 分
span-seconds = { $n } 秒
span-range = { $low }至{ $high }
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
