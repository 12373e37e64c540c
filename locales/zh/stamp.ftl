# 日志头的时间戳。

stamp-none-due = 时间戳：没有待盖的日志头。
stamp-done = 时间戳：{ $size } 条记录的日志头在 { $time } 之前已经存在
stamp-later = { $size } 条记录的日志头未盖时间戳：时间戳机构暂时不可用（{ $detail }）。请求已留存，下一轮再次发送。
stamp-refused = { $size } 条记录的日志头未盖时间戳：被拒绝（{ $detail }）。不会自动再问。请核对地址、证书以及该机构接受的摘要算法。
stamp-not-kept = 请求或时间戳无法存入证据库：{ $detail }
