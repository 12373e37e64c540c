//! Source text without what the guards must not see: comments and tests. A small lexer, since a
//! pattern search would stumble over `//` inside a string and `"` inside a comment.

/// The text with every comment blanked; line breaks stay, so that line numbers hold.
pub(crate) fn without_comments(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => line_end(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => block_end(&chars, at),
            _ => {
                let end = token_end(&chars, at);
                out.extend(&chars[at..end]);
                at = end;
                continue;
            }
        };
        out.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

fn line_end(chars: &[char], from: usize) -> usize {
    (from..chars.len()).find(|&i| chars[i] == '\n').unwrap_or(chars.len())
}

fn block_end(chars: &[char], from: usize) -> usize {
    let mut depth = 0;
    let mut at = from;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

/// End of the string, character or single character that starts at `from`.
fn token_end(chars: &[char], from: usize) -> usize {
    let word_before = from > 0 && (chars[from - 1].is_alphanumeric() || chars[from - 1] == '_');
    match chars[from] {
        '"' => quoted_end(chars, from, '"'),
        'r' | 'b' | 'c' if !word_before => prefixed_end(chars, from),
        '\'' => {
            // A lifetime has no closing quote right after its first character.
            let literal = chars.get(from + 1) == Some(&'\\') || chars.get(from + 2) == Some(&'\'');
            if literal { quoted_end(chars, from, '\'') } else { from + 1 }
        }
        _ => from + 1,
    }
}

fn quoted_end(chars: &[char], from: usize, quote: char) -> usize {
    let mut at = from + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            c if c == quote => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// End of `r"…"`, `r#"…"#`, `b"…"`, `br#"…"#`, `c"…"`; of one character where it is none of them.
fn prefixed_end(chars: &[char], from: usize) -> usize {
    let mut at = from;
    let mut raw = false;
    while matches!(chars.get(at), Some('r' | 'b' | 'c')) && at < from + 2 {
        raw |= chars[at] == 'r';
        at += 1;
    }
    let hashes = chars[at..].iter().take_while(|&&c| c == '#').count();
    if chars.get(at + hashes) != Some(&'"') || (hashes > 0 && !raw) {
        return from + 1;
    }
    if !raw {
        return quoted_end(chars, at, '"');
    }
    let mut end = at + hashes + 1;
    while end < chars.len() {
        let closes = chars[end] == '"'
            && chars[end + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
        if closes {
            return end + 1 + hashes;
        }
        end += 1;
    }
    chars.len()
}

/// The text without comments and without items marked `#[cfg(test)]`.
pub(crate) fn without_tests(text: &str) -> String {
    let mut code = without_comments(text);
    while let Some(start) = code.find("#[cfg(test)]") {
        let end = start + item_end(&code[start..]);
        let blank: String =
            code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blank);
    }
    code
}

/// Byte length of the item at the start of `code` (attributes included), comments already gone.
fn item_end(code: &str) -> usize {
    let chars: Vec<char> = code.chars().collect();
    let bytes = |count: usize| chars[..count].iter().map(|c| c.len_utf8()).sum();
    let (mut depth, mut braces, mut at) = (0_i32, 0_i32, 0);
    while at < chars.len() {
        let end = token_end(&chars, at);
        if end == at + 1 {
            match chars[at] {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                '{' => (depth, braces) = (depth + 1, braces + 1),
                '}' => (depth, braces) = (depth - 1, braces - 1),
                ';' if depth == 0 => return bytes(end),
                _ => {}
            }
            if chars[at] == '}' && depth == 0 && braces == 0 {
                return bytes(end);
            }
        }
        at = end;
    }
    code.len()
}

/// Paths (without `.rs`) of the modules that a file declares for tests only.
pub(crate) fn test_modules(path: &str, text: &str) -> Vec<String> {
    let code = without_comments(text);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".rs");
    let base = if matches!(stem, "lib" | "main" | "mod") {
        folder.to_owned()
    } else {
        format!("{folder}/{stem}")
    };
    code.match_indices("#[cfg(test)]")
        .filter_map(|(at, _)| {
            let item = &code[at..at + item_end(&code[at..])];
            let (before, name) = item.strip_suffix(';')?.rsplit_once("mod ")?;
            if let Some(path) = before.split("#[path = \"").nth(1) {
                // Such a path starts at the folder of the file that names it.
                let path = path.split('"').next()?.trim_end_matches(".rs");
                return Some(resolved(&format!("{folder}/{path}")));
            }
            let name = name.trim();
            name.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| format!("{base}/{name}"))
        })
        .collect()
}

/// A path without `..`.
fn resolved(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[test]
fn comments_vanish_and_strings_stay() {
    let text = "let a = \"// no\"; // yes\n/* a /* b */ c */ let b = 'x'; let c: &'static str;";
    let code = without_comments(text);
    assert!(code.contains("\"// no\"") && code.contains("'x'") && code.contains("&'static str"));
    assert!(!code.contains("yes"));
    assert!(!code.contains("/*") && !code.contains("*/"));
    assert_eq!(code.lines().count(), text.lines().count());
    let raw = without_comments("let s = r#\"a \" // b\"#; // gone");
    assert!(raw.contains("// b") && !raw.contains("gone"));
    let quote = without_comments("let q = '\"'; // gone\nlet r = '\\''; // gone");
    assert!(!quote.contains("gone"));
}

#[test]
fn tests_vanish_and_what_follows_stays() {
    let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { \"}\"; }\n}\nfn c() {}\n\
                #[cfg(test)]\nuse x::{y, z};\nfn d() {}";
    let code = without_tests(text);
    for kept in ["fn a", "fn c", "fn d"] {
        assert!(code.contains(kept), "{kept}");
    }
    for gone in ["fn b", "use x"] {
        assert!(!code.contains(gone), "{gone}");
    }
}

#[test]
fn test_modules_in_files_of_their_own_are_found() {
    let text = "#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod proof { }\nmod real;";
    assert_eq!(test_modules("crates/a/src/lib.rs", text), ["crates/a/src/tests"]);
    assert_eq!(test_modules("crates/a/src/b.rs", text), ["crates/a/src/b/tests"]);
    let named = "#[cfg(test)]\n#[path = \"../x/b_tests.rs\"]\nmod tests;";
    assert_eq!(test_modules("crates/a/src/b.rs", named), ["crates/a/x/b_tests"]);
}
