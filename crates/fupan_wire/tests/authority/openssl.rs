//! A time stamp authority out of the `openssl` command, with keys of its own in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

const CONFIG: &str = "\
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Test
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[plain]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[all]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sm3
ess_cert_id_alg = sha256
[few]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha512
ess_cert_id_alg = sha256
";

/// The folder, removed with the last who knows it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[derive(Clone)]
pub(crate) struct Authority(Arc<Folder>);

impl Authority {
    pub(crate) fn new() -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::SeqCst);
        let name = format!("fupan-wire-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("conf"), CONFIG).unwrap();
        fs::write(folder.join("serial"), "01\n").unwrap();
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
        let ca =
            ["-x509", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Root"];
        let section = ["-config", "conf", "-extensions", "ca"];
        openssl(&folder, &[&["req"][..], &ca, &section, &curve].concat());
        openssl(&folder, &["x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.der"]);
        let own = ["-keyout", "key", "-out", "csr", "-subj", "/CN=Stamps", "-config", "conf"];
        openssl(&folder, &[&["req", "-new"][..], &own, &curve].concat());
        let by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1"];
        let to = ["-extfile", "conf", "-extensions", "signer", "-out", "signer.pem"];
        openssl(&folder, &[&["x509", "-req", "-in", "csr"][..], &by, &to].concat());
        Self(Arc::new(Folder(folder)))
    }

    /// The root certificate in DER.
    pub(crate) fn root(&self) -> Vec<u8> {
        fs::read(self.0.0.join("ca.der")).unwrap()
    }

    /// The root certificate in PEM.
    #[allow(dead_code, reason = "the hall's tests ask for it")]
    pub(crate) fn root_pem(&self) -> String {
        fs::read_to_string(self.0.0.join("ca.pem")).unwrap()
    }

    pub(crate) fn reply(&self, request: &[u8]) -> Vec<u8> {
        self.answer(request, "all")
    }

    /// What an authority says that does not take the hash.
    pub(crate) fn refusal(&self, request: &[u8]) -> Vec<u8> {
        self.answer(request, "few")
    }

    /// An answer signed with a certificate that ended yesterday.
    pub(crate) fn expired(&self, request: &[u8]) -> Vec<u8> {
        self.resigned(request, "signer", "-1")
    }

    /// An answer signed with a certificate that is for no purpose.
    pub(crate) fn purposeless(&self, request: &[u8]) -> Vec<u8> {
        self.resigned(request, "plain", "1")
    }

    /// `openssl ts` signs with no such certificate; what it would have signed is signed again as CMS.
    fn resigned(&self, request: &[u8], extensions: &str, days: &str) -> Vec<u8> {
        let folder = &self.0.0;
        fs::write(folder.join("answer"), self.reply(request)).unwrap();
        let by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days];
        let to = ["-extfile", "conf", "-extensions", extensions, "-out", "other.pem"];
        openssl(folder, &[&["x509", "-req", "-in", "csr"][..], &by, &to].concat());
        openssl(folder, &["ts", "-reply", "-in", "answer", "-token_out", "-out", "token"]);
        let taken = ["cms", "-verify", "-noverify", "-inform", "DER", "-in", "token", "-binary"];
        openssl(folder, &[&taken[..], &["-out", "info"]].concat());
        let sign = ["cms", "-sign", "-binary", "-nodetach", "-cades", "-outform", "DER"];
        let of = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-in", "info", "-out", "token"];
        openssl(folder, &[&sign[..], &of, &["-signer", "other.pem", "-inkey", "key"]].concat());
        openssl(folder, &["ts", "-reply", "-in", "token", "-token_in", "-out", "answer"]);
        fs::read(folder.join("answer")).unwrap()
    }

    fn answer(&self, request: &[u8], section: &str) -> Vec<u8> {
        let folder = &self.0.0;
        fs::write(folder.join("query"), request).unwrap();
        let from = ["ts", "-reply", "-config", "conf", "-section", section, "-queryfile", "query"];
        let by = ["-signer", "signer.pem", "-inkey", "key", "-out", "answer"];
        openssl(folder, &[&from[..], &by].concat());
        fs::read(folder.join("answer")).unwrap()
    }
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("openssl 3 is needed for this test: on Debian, apt-get install openssl");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments:?}: {said}");
}
