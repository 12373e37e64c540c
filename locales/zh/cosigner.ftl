# 背书机构。

help-cosigner = 为他人保管的日志背书，直到按下 Ctrl-C
help-cosigner-config = 配置文件（TOML）：自己的密钥、状态文件夹、各日志的公钥、监听地址

cosigner-serves = { $name } 在 http://{ $address }/ 背书，按 Ctrl-C 结束。其公钥（写入信任策略）：{ $key }
cosigner-alarm = 警报：日志 { $origin } 签署了两个大小同为 { $size } 而内容相互矛盾的日志头，其中一个已出示给他人。请通知所有依赖该日志的单位。两者连同日志的签名均已留存：
  {"  "}{ $files }
cosigner-alarm-unkept = 警报：日志 { $origin } 又签署了一个大小为 { $size } 的不同日志头。该日志留存的矛盾已达上限，这一个未留存。
cosigner-config-form = { $path }：不符合配置文件的格式：{ $detail }
cosigner-own-key = { $path }：不是签名私钥（{ $detail }）。应为一行 PRIVATE+KEY+name+id+base64。
cosigner-key-use = { $path }：该密钥不是背书密钥（签名类型 4）。背书须使用专用密钥。
cosigner-log-key = { $path } 第 { $number } 个日志：不是日志公钥（{ $detail }）。应为 name+id+base64。
cosigner-no-log = { $path }：没有列出任何日志。请至少写一个带 key 的 [[logs]]。
cosigner-damaged = { $path }：留存的日志头已损坏（{ $detail }）。不再背书。请勿从备份恢复：那会忘掉此后已签署的内容。
cosigner-foreign = { $origin } 留存的日志头不是用这把密钥签署的。不再背书。请使用与密钥相符的状态文件夹。
cosigner-held = { $path }：另一个背书程序正在使用这一状态文件夹。请先结束它。
cosigner-deaf = { $address }：无法监听（{ $detail }）。请在配置文件中用 listen = 另指空闲地址。
