# 查验证据包。

help-verify = 用包外的公钥与策略查验证据包
help-verify-bag = 证据包的文件夹
help-verify-log-key = 日志公钥：所在文件，或公钥本身。必须取自包外
help-verify-policy = 信任策略文件（C2SP tlog-policy）。必须取自包外
help-verify-tsa-ca = 时间戳机构的根证书（PEM）；不给则不查验时间戳的签发机构

step-verify = 正在查验……

verify-sound = 查验通过：卷宗 { $case }，没有发现与证据包不符之处。
verify-anchor = 所用的日志公钥：{ $name }，指纹 { $digest }
verify-files = 文件：{ $files } 个，{ $bytes } 字节，SHA-256 与 SM3 均与清单、封签一致
verify-log = 日志：共 { $size } 片叶，{ $cosigned ->
    [0] 没有背书机构
   *[other] 背书机构 { $cosigners }
}；包内 { $leaves } 片叶的证明成立
verify-evidence = 证据：{ $evidence } 件，原件、采集声明、签名与日志相互一致
verify-stamp = 时间戳：{ $size } 片叶的日志头，{ $time } 前已存在
verify-broken = 查验不通过：发现 { $faults } 处不符。此包不可采信。

verify-no-bag = { $path }：这不是证据包：缺少 bagit.txt 与清单。
verify-no-anchor = 没有给出包外的日志公钥（--log-key）和信任策略（--policy），不予查验。包内的密钥不能证明任何事情：伪造整个包的人会把自己的密钥放进去。请通过与收包不同的渠道向发布单位取得二者。
verify-key-inside = 包内的日志公钥（仅供与纸本比对，不可采信）：{ $name }，指纹 { $digest }
verify-bad-key = --log-key { $given }：不是日志公钥（{ $detail }）。应为“名称+编号+Base64”一行。
verify-bad-policy = { $path } 第 { $line } 行：不是信任策略的一行（{ $detail }）。
verify-bad-roots = { $path }：其中没有 PEM 证书，或有不能识读的证书。
verify-key-not-in-policy = { $path }：信任策略没有以 log 行列出所给的日志公钥。请取得与公钥相配的策略。

bag-notice-place = { $all ->
    [0] { $place }
   *[other] { $place } 等 { $all } 处（--json 逐一列出）
}
bag-notice-withheld = 提示 { bag-notice-place }：原件未随包发布，摘要与证明俱在。
bag-notice-unwitnessed = 提示 { bag-notice-place }：采集时没有两名见证人签名，不得作为经见证的证据使用。
bag-notice-recorded = 提示 { bag-notice-place }：无人签署采集声明，日志只记有其摘要与入库人；不得作为经见证的证据使用。
bag-notice-no-stamp = 提示：包内没有时间戳，存在时间只有日志与背书机构为证。
bag-notice-stamp-untrusted = 提示 { bag-notice-place }：没有给出时间戳机构的根证书（--tsa-ca），签发机构未查验。
bag-notice-other-policy = 提示 { bag-notice-place }：包内的策略与包外所给的不同；以包外的为准。
bag-notice-other-script = 提示 { bag-notice-place }：不是本版本程序所带的文件；请勿用包内脚本代替本查验。

bag-fault-unreadable = { $place }：不能读取（{ $detail }）。
bag-fault-long = { $place }：比任何同类文件都长，拒绝读取。
bag-fault-link = { $place }：是符号链接；证据包只有普通文件。
bag-fault-special = { $place }：既不是文件也不是文件夹。
bag-fault-unnamed = { $place }：文件名不是 UTF-8。
bag-fault-path = { $place }：路径不可接受（{ $detail }）。
bag-fault-name = { $place }：文件名含有某些系统会改动或拒绝的字符。
bag-fault-collision = { $place }：在有的系统上与 { $detail } 是同一路径。
bag-fault-stranger = { $place }：证据包不应有的文件。
bag-fault-absent = { $place }：缺少此文件。
bag-fault-malformed = { $place }：格式不对（{ $detail }）。
bag-fault-missing = { $place }：{ $detail } 列有，而包内没有。
bag-fault-extra = { $place }：{ $detail } 没有列出。
bag-fault-changed = { $place }：内容与 { $detail } 所列的校验值不符。
bag-fault-oxum = { $place }：Payload-Oxum 所记的字节数或文件数不对。
bag-fault-signature = { $place }：签名不成立（{ $detail }）。
bag-fault-unknown-signer = { $place }：由未知的密钥 { $detail } 签名。
bag-fault-seal = { $place }：封签所记的 { $detail } 与包不符。
bag-fault-refused = { $place }：信任策略不接受这个日志头（{ $detail }）。
bag-fault-not-log-key = { $place }：包外所给的日志公钥没有为它签名。
bag-fault-foreign-key = { $place }：不是包外所给的公钥。
bag-fault-proof = { $place }：存证证明不成立（{ $detail }）。
bag-fault-index = { $place }：证明的是另一片叶。
bag-fault-other-head = { $place }：导向另一个日志头，而包内没有二者相续的证明。
bag-fault-consistency = { $place }：较早的日志头不是所发布日志头的开头（{ $detail }）。
bag-fault-entry = { $place }：不是日志叶的格式。
bag-fault-leaf = { $place }：日志叶所记的 { $detail } 与采集声明不同。
bag-fault-statement = { $place }：采集声明所记的 { $detail } 与此不同。
bag-fault-few-signatures = { $place }：缺少日志叶所列的签名。
bag-fault-chunk = { $place }：其中有一段不是日志叶所记的数据块。
bag-fault-not-enrolled = { $place }：日志中没有 { $detail } 的公钥登记。
bag-fault-enrolled-later = { $place }：{ $detail } 的公钥在签名之后才登记。
bag-fault-revoked = { $place }：{ $detail } 的公钥在签名之前已吊销。
bag-fault-unexplained = { $place }：日志中没有关于它的采集声明。
bag-fault-list = { $place } 第 { $detail } 行：与采集声明或包内文件不符。
bag-fault-not-listed = { $place }：提取固定清单没有列出这件证据。
bag-fault-stamp = { $place }：时间戳不成立（{ $detail }）。
bag-fault-no-head = { $place }：包内没有这一大小的日志头。
