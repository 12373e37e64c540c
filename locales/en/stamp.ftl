# Time stamps over heads of the log.

stamp-none-due = time stamps: none is due.
stamp-done = time stamp: the head of { $size } entries existed by { $time }
stamp-later = time stamp for the head of { $size } entries: the authority is away ({ $detail }). The request is kept and asked again in the next round.
stamp-refused = time stamp for the head of { $size } entries: refused ({ $detail }). It is not asked again by itself. Check address, certificates and the hash that the authority takes.
stamp-not-kept = Requests or time stamps cannot be kept in the vault: { $detail }
