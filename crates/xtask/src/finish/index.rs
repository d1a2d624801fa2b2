//! index.html, as Trunk leaves it: what it names, and names put in place of those.

/// The text of a page's index.html.
pub(super) struct Index {
    pub(super) text: String,
}

impl Index {
    /// The name of the file that the attribute `attribute` gives an address of, without the folders before it.
    pub(super) fn named_by(&self, attribute: &str) -> Option<&str> {
        let (_, value) = self.text.split_once(&format!(" {attribute}="))?;
        let value = value.trim_start_matches('"');
        let end = value.find(['"', ' ', '>'])?;
        Some(value[..end].rsplit('/').next().unwrap_or_default())
    }

    /// Puts one name in place of another, wherever it stands.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        self.text = self.text.replace(from, to);
    }

    /// The names of the style sheets, in their order.
    pub(super) fn styles(&self) -> Vec<String> {
        let links = self.text.split('<').filter(|tag| tag.starts_with("link ") && tag.contains("stylesheet"));
        links.filter_map(|tag| Self { text: format!("{tag} ") }.named_by("href").map(str::to_owned)).collect()
    }

    /// Leaves out the element that links to the style sheet of that name.
    pub(super) fn remove_style(&mut self, name: &str) {
        let Some(at) = self.text.find(name) else { return };
        let (Some(start), Some(length)) = (self.text[..at].rfind('<'), self.text[at..].find('>')) else { return };
        let end = at + length + 1;
        self.text.replace_range(start..end, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<link rel=\"stylesheet\" href=\"/base/a-1.css\"/>\n<link rel=\"stylesheet\" href=\"./b-2.css\"/>\
                        <link rel=\"icon\" href=\"icon.svg\"/><script id=\"start\" src=\"./start.js\" data-js=\"./p.js\" \
                        data-wasm=\"./p_bg.wasm\"></script><link rel=\"preload\" href=\"./p_bg.wasm\">";

    #[test]
    fn names_are_found_and_changed() {
        let mut index = Index { text: TEXT.to_owned() };
        assert_eq!(index.named_by("data-js"), Some("p.js"));
        assert_eq!(index.named_by("data-wasm"), Some("p_bg.wasm"));
        assert_eq!(index.named_by("data-none"), None);
        assert_eq!(index.styles(), ["a-1.css", "b-2.css"]);
        index.remove_style("b-2.css");
        assert_eq!(index.styles(), ["a-1.css"]);
        index.rename("p_bg.wasm", "q.wasm");
        assert_eq!(index.text.matches("q.wasm").count(), 2);
        assert!(index.text.contains("icon.svg"));
    }
}
