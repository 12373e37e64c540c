//! A scene of tests: a vault with one case, rules of attesting, and people who may sign.

use super::{Run, Scratch, fupan};
use std::fs;

/// The scene, and where everything of it lies.
pub(crate) struct Scene {
    pub(crate) scratch: Scratch,
    /// The vault, which holds one case.
    pub(crate) vault: String,
}

/// The parts of the rules that tests change.
pub(crate) struct Setting {
    pub(crate) beacon: &'static str,
    pub(crate) window_s: u32,
    pub(crate) late: &'static str,
}

pub(crate) const SETTING: Setting = Setting { beacon: "required", window_s: 600, late: "reason" };

/// Organisations of the rules; the last stands below the one before it.
const ORGANISATIONS: [&str; 4] = ["bureau", "union", "works", "works-lab"];

impl Scene {
    /// A vault with a case and rules; nobody is on the roll.
    pub(crate) fn new(name: &str, setting: &Setting) -> Self {
        Self::begun(name, setting, false)
    }

    /// The same, with the vault inside the case folder, and everybody on the roll.
    pub(crate) fn inside(name: &str) -> Self {
        let scene = Self::begun(name, &SETTING, true);
        scene.people();
        scene
    }

    fn begun(name: &str, setting: &Setting, inside: bool) -> Self {
        let scratch = Scratch::new(name);
        let case = scratch.path("case");
        let head = ["--date", "2024-05-18", "--place", "x", "--kind", "leak", "--zone", "+08:00"];
        let made = fupan(&[&["new", &case, "--id", "c1"][..], &head].concat());
        assert_eq!(made.code, 0, "{}", made.err);
        let file = format!("{case}/case.toml");
        let mut text = fs::read_to_string(&file).unwrap();
        text += "\n[[party]]\nid = \"plant\"\nname = \"Plant\"\ntrack = \"enterprise\"\n";
        let roles = [
            ("alice", "collector"),
            ("bob", "witness"),
            ("carol", "witness"),
            ("dave", "witness"),
            ("henry", "collector"),
            ("iris", "witness"),
            ("mona", "command"),
        ];
        for (person, role) in roles {
            text += &format!("\n[[team]]\nrole = \"{role}\"\nname = \"{person}\"\n");
        }
        fs::write(&file, text).unwrap();
        let vault = if inside { case.clone() } else { scratch.path("vault") };
        let scene = Self { scratch, vault };
        scene.ok(&["vault", "init", &scene.vault, "--author", "keeper"]);
        if !inside {
            scene.ok(&["vault", "take", &scene.vault, &case, "--author", "keeper"]);
        }
        for organisation in ORGANISATIONS {
            let (name, file) = (format!("admin-{organisation}"), scene.key(organisation));
            scene.plain(&["key", "new", &name, "--out", &file]);
        }
        let rules = scene.scratch.file("rules.txt", &scene.rules(setting));
        scene.ok(&["key", "rules", &rules, "--vault", &scene.vault]);
        scene
    }

    /// The scene with everybody on the roll.
    pub(crate) fn with_people(name: &str, setting: &Setting) -> Self {
        let scene = Self::new(name, setting);
        scene.people();
        scene
    }

    fn people(&self) {
        for (person, organisation, device, scheme) in [
            ("alice", "bureau", "phone-a", "ed25519"),
            ("bob", "works", "phone-b", "p256"),
            ("carol", "bureau", "phone-c", "sm2"),
            ("dave", "works-lab", "phone-d", "ed25519"),
        ] {
            self.draw(person, scheme);
            self.enrol(person, organisation, Some(device), "file");
        }
    }

    /// The text of the rules.
    pub(crate) fn rules(&self, setting: &Setting) -> String {
        let admin = |organisation: &str| {
            let secret = fs::read_to_string(self.key(organisation)).unwrap();
            let key: fupan_ledger::SigningKey = secret.trim().parse().unwrap();
            format!("admin {organisation} {}\n", key.verify_key())
        };
        let admins: String = ORGANISATIONS.iter().map(|name| admin(name)).collect();
        let Setting { beacon, window_s, late } = setting;
        format!(
            "fupan.example/attest-rules/v1\norganisation bureau\norganisation union\n\
             organisation works\norganisation works-lab works\n\n{admins}require * * 2 2\n\
             attests collector\nattests witness\nconflicted command\nwindow-s {window_s}\n\
             late {late}\nbeacon {beacon}\nserver-held-at-most 1\nrealtime-s 60\n\
             offline-s 1800\nsync-age-s 86400\ndrift-ppm 50\njump-ms 1000\n"
        )
    }

    /// Draws the key of a person; gives the verifier key.
    pub(crate) fn draw(&self, person: &str, scheme: &str) -> String {
        let (name, file) = (format!("p/{person}"), self.key(person));
        let drawn = ["key", "new", &name, "--out", &file, "--scheme", scheme, "--json"];
        fupan(&drawn).json()["key"].as_str().unwrap().to_owned()
    }

    /// Puts a person's key on the roll, approved by their organisation and the union.
    pub(crate) fn enrol(&self, person: &str, of: &str, device: Option<&str>, hold: &str) {
        let (key, own, union) = (self.verify_key(person), self.key(of), self.key("union"));
        let mut asked = vec!["key", "enrol", &self.vault, "--key", &key, "--person", person];
        asked.extend(["--organisation", of, "--hold", hold, "--by", &own, "--by", &union]);
        asked.extend(device.iter().flat_map(|device| ["--device", device]));
        self.ok(&asked);
    }

    /// The verifier key of a secret one.
    pub(crate) fn verify_key(&self, name: &str) -> String {
        let secret = fs::read_to_string(self.key(name)).unwrap();
        let key: fupan_ledger::SigningKey = secret.trim().parse().unwrap();
        key.verify_key().to_string()
    }

    /// The file of a key.
    pub(crate) fn key(&self, name: &str) -> String {
        self.scratch.path(&format!("secret/{name}.key"))
    }

    /// Runs the command with the keys of the log.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let keys = self.scratch.path("keys");
        fupan(&[args, &["--keys", &keys]].concat())
    }

    /// The same, and it must succeed.
    pub(crate) fn ok(&self, args: &[&str]) -> Run {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}: {}{}", run.out, run.err);
        run
    }

    /// A run without the keys of the log, which must succeed.
    pub(crate) fn plain(&self, args: &[&str]) -> Run {
        let run = fupan(args);
        assert_eq!(run.code, 0, "{args:?}: {}{}", run.out, run.err);
        run
    }

    /// The vault is whole, by the key of its log.
    pub(crate) fn verified(&self) {
        let head = fupan(&["vault", "head", &self.vault, "--json"]).json();
        let key = head["keys"][0].as_str().unwrap().to_owned();
        self.plain(&["verify", &self.vault, "--log-key", &key]);
    }

    /// The history of the case.
    pub(crate) fn history(&self) -> Vec<serde_json::Value> {
        let history = fupan(&["vault", "history", &self.vault, "--json"]).json();
        history.as_array().unwrap().clone()
    }
}
