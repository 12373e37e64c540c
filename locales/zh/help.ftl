# 帮助文字。
help-about = 复盘：按 AQ 9012-2023 开展应急救援评估。读取一个事故的证据，写出评估报告，报告中每一句话都能追溯到证据。
help-usage = 用法：
help-options = 选项
help-arguments = 参数
help-verbs = 命令
help-help = 显示帮助
help-version = 显示版本
help-lang = 界面语言：zh 或 en（默认取自系统区域设置）
help-json = 以 JSON 给出结果
help-verb = 命令

help-assess = 评估一个事故并写出报告
help-assess-case = 卷宗文件夹、fupan-case/1 文件、证据库中的卷宗（“库#卷宗编号”）或发布包
help-assess-out = 写入的文件夹；其中的其他文件不动
help-assess-format = json、html、docx、xlsx，以逗号分隔（默认前三种）
help-assess-report-lang = 报告语言：zh、en 或 zh,en（默认按卷宗所定）

help-import = 按映射读取一份日志：先试读，或收入卷宗文件夹
help-import-file = 日志：CSV、TSV、XLSX、DOCX、JSON、JSONL、逐行文字，或其 gzip、zip 压缩包
help-import-mapping = 映射：各行怎样成为事实
help-import-case = 收入日志的卷宗文件夹
help-import-source = 证据编号，如 E7
help-import-suggest = 由日志开头拟出映射，显示后由人修改；不导入
help-import-dry-run = 只读取并报告，不写入
help-import-kind = 证据种类，标准库的条目（默认：电子数据）
help-import-title = 证据名称
help-import-party = 日志所属的责任主体
help-import-clock = 其时间所用的时钟；civil 为假定准确，列为存疑

help-request = 向各方调取材料：起草清单，登记调取
help-request-draft = 按交叉验证点和指标所缺的记录，为每个责任主体起草调取清单（DOCX）

help-timeline = 解答并说明时间问题
help-timeline-solve = 解答一个 fupan-timeline/1 文件
help-timeline-file = 文件
help-timeline-top = 最多列出多少个矛盾与解释（默认 100）
help-timeline-explain = 逐步说明卷宗中一个间隔为何如此，以及什么会改变结论
help-timeline-from = 间隔的起点事件
help-timeline-to = 间隔的终点事件
help-timeline-limit = 用于比较的时限，分钟（默认：卷宗中两事件间待查间隔的时限）

help-book = 检查或查阅标准库
help-book-check = 检查改过的标准库
help-book-check-folder = 标准库文件夹
help-book-show = 解释标准库的一条
help-book-show-id = 条目编号
help-book-show-folder = 另一个标准库的文件夹（默认用内置的）

help-export = 把卷宗写成另一种形式，或发布为证据包
help-export-case = 卷宗文件夹、fupan-case/1 文件、库中卷宗（库#卷宗编号）或证据包
help-export-as = case-json（一个文件加原件文件夹）、folder（卷宗文件夹）或 bag（自证证据包，由库中卷宗生成）
help-export-out = 写入的文件夹

help-new = 新建卷宗文件夹
help-new-folder = 文件夹，尚不存在或为空
help-new-id = 卷宗编号
help-new-title = 标题（默认同编号）
help-new-date = 事故日期，YYYY-MM-DD
help-new-zone = 当地时区偏移（默认 +08:00）
help-new-place = 事故地点
help-new-kind = 事故类型，文字

help-add = 把一个文件收入卷宗文件夹作为证据
help-handed-sha256 = 交件人所报的 SHA-256（64 位十六进制）；不符则拒收
help-handed-sm3 = 交件人所报的 SM3（64 位十六进制）；不符则拒收
help-handed-size = 交件人所报的大小（字节）；不符则拒收
help-handed-type = 交件人所报的类型，如 jpg 或 image/jpeg；与内容不符则拒收
help-add-file = 文件
help-add-case = 卷宗文件夹，或证据库中的卷宗（“库#卷宗编号”）
help-add-id = 证据编号，如 E7

help-fact = 手工录入一条事实
help-fact-case = 卷宗文件夹，或证据库中的卷宗（“库#卷宗编号”）
help-fact-id = 事实编号
help-fact-party = 陈述它的责任主体
help-fact-event = 所说的事件
help-fact-kind = 发生了什么：卷宗自己的用词，或标准库的事实种类
help-fact-text = 陈述内容
help-fact-time = 时间，如 2024-05-12T13:13:00+08:00
help-fact-clock = 读数所用的时钟（默认为证据的时钟）
help-fact-evidence = 所据证据
help-fact-row = 第几行
help-fact-page = 第几页
help-fact-second = 录音录像的第几秒

help-interview = 录入一次询问谈话
help-interview-id = 询问编号
help-interview-party = 被询问人所属的责任主体
help-interview-role = 被询问人的职务
help-interview-layer = 层级：decision（决策）、execution（执行）、affected（受影响）
help-interview-by = 询问人，以逗号分隔，至少两人
help-interview-topics = 主题编号，以逗号分隔，如 D,C
help-interview-started = 开始时间
help-interview-ended = 结束时间
help-interview-evidence = 笔录的证据编号
help-interview-signed = 被询问人已在笔录上签名

help-clock = 录入一个时钟，或更正已录入的时钟（须写理由）
help-clock-id = 时钟编号，如 dcs
help-clock-name = 时钟是哪台设备的
help-clock-standing = civil（视为准确）、checked（校过）或 unknown（未知）
help-clock-from = 校时结果：本地时间减标准时间，至少多少秒（可带小数、可为负）
help-clock-to = 校时结果：本地时间减标准时间，至多多少秒
help-clock-at = 校时的时间；不写则视为全程有效
help-clock-rate = 走时误差上限（百万分之几）；不写则视为误差不变
help-clock-reason = 为何更正已录入的时钟
help-finding = 手工录入一条问题或经验
help-finding-tone = bad（问题）或 good（经验）
help-finding-id = 编号
help-finding-content = 评估内容，标准库的条目，如 C3
help-finding-text = 内容
help-finding-by = 撰写人

help-choose = 选定对矛盾的解释：排除哪些记录，由谁、为何
help-choose-retract = 排除的记录编号，以逗号分隔
help-choose-by = 选定人
help-choose-reason = 理由
help-choose-at = 选定时间

help-request-add = 登记一次调取
help-request-id = 调取编号
help-request-to = 被调取的责任主体
help-request-asks = 调取什么
help-request-kinds = 材料所能证明的事实种类，以逗号分隔
help-request-asked-at = 调取时间
help-request-due = 答复期限；只写日期的，到当日结束

help-examine = 初检一份收到的文件：摘要、类型、所记时间地点、有无文本的页
help-examine-file = 文件
help-examine-text = 同时列出文本及其所在位置
