# The cosigner.

help-cosigner = co-sign the heads of logs that others keep, until Ctrl-C
help-cosigner-config = configuration (TOML): own key, folder of the state, keys of the logs, address

cosigner-serves = { $name } co-signs at http://{ $address }/ until Ctrl-C. Its key, for trust policies: { $key }
cosigner-alarm = ALARM: the log { $origin } has signed two heads of size { $size } that contradict each other. One of them was shown to somebody. Tell whoever relies on this log. Both are kept, with the log's signatures:
  {"  "}{ $files }
cosigner-alarm-unkept = ALARM: the log { $origin } has again signed another head of size { $size }. Too many of its contradictions are kept already; this one is not.
cosigner-config-form = { $path }: not in the form of a configuration: { $detail }
cosigner-own-key = { $path }: no signing key ({ $detail }). Expected one line PRIVATE+KEY+name+id+base64.
cosigner-key-use = { $path }: this key is not for cosignatures (signature type 4). Use a key of its own for co-signing.
cosigner-log-key = { $path }, log { $number }: no key of a log ({ $detail }). Expected name+id+base64.
cosigner-no-log = { $path }: no log is named. Add at least one [[logs]] with a key.
cosigner-damaged = { $path }: the kept head is damaged ({ $detail }). Nothing is signed. Do not restore it from a backup: what was signed since would be forgotten.
cosigner-foreign = The kept head of { $origin } was not signed by this key. Nothing is signed. Use the state that belongs to the key.
cosigner-held = { $path }: another cosigner runs on this state. End it first.
cosigner-deaf = { $address }: cannot be listened on ({ $detail }). Name a free address with listen = in the configuration.
