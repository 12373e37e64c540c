#!/bin/sh
# Checks the evidence bag that this folder lies in, with openssl, sha256sum and python3 alone.
# 仅用 openssl、sha256sum、python3 查验本文件夹所在的证据包。
#
#   sh verify/verify.sh [BAG] --log-key KEY --policy FILE [--tsa-ca FILE] [--lang zh|en] [--all]
#
# KEY and FILE must come from outside the bag; keys inside it prove nothing.
# 公钥与策略必须取自包外；包内的密钥不能证明任何事情。
# A forged bag may hold a forged script: take this one from a place you trust.
# 伪造的包也可能带着伪造的脚本：请使用从可信渠道取得的脚本。
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 70
for tool in python3 openssl sha256sum; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "$tool is needed. / 缺少 $tool。" >&2
        exit 2
    fi
done

bag=$here/..
value=no
for word in "$@"; do
    if [ "$value" = yes ]; then
        value=no
        continue
    fi
    case $word in
        --log-key | --policy | --tsa-ca | --lang) value=yes ;;
        --*) ;;
        *) bag=$word ;;
    esac
done

# Isolated (-I): neither the current folder nor the environment may slip in modules.
python3 -I "$here/verify.py" "$@" || exit $?

# A second opinion on SHA-256, from another program.
case " $* " in *" --help "* | *" -h "*) exit 0 ;; esac
cd -- "$bag" || exit 3
if sha256sum -c --quiet --strict manifest-sha256.txt && sha256sum -c --quiet --strict tagmanifest-sha256.txt; then
    echo "[sha256sum] ok / 通过"
else
    echo "[sha256sum] NOT SOUND / 查验不通过" >&2
    exit 5
fi
