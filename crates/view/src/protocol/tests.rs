use pycxray::Pyc;

use super::*;

/// What a message is after it was written and read.
fn sent<T: Serialize + for<'de> Deserialize<'de>>(message: &T) -> T {
    let bytes = postcard::to_allocvec(message).expect("it can be written");
    postcard::from_bytes(&bytes).expect("it can be read")
}

#[test]
fn messages_are_read_as_they_were_written() {
    let item = ItemKey::from(pycxray::Item::Header);
    let request = Request::Act { document: DocumentId(3), action: Action::Tree(TreeAction::Toggle(item)) };
    assert_eq!(sent(&request), request);
    let request =
        Request::Watch { document: None, viewport: Viewport::Hex { rows: Rows { start: 5, count: 90 }, columns: 16 } };
    assert_eq!(sent(&request), request);
    let text = Styled(vec![Run { text: "len".to_owned(), style: Style::Name, link: Some(item) }]);
    let problems = Problems { complete: true, ..Problems::default() };
    let parts = vec![
        Part::Summary(Summary { name: "a.pyc".to_owned(), ..Summary::default() }),
        Part::Search(Some(SearchState { progress: 0.5, ..SearchState::default() })),
        Part::Problems(problems),
        Part::Card(Some(Card {
            item,
            hue: Hue::Header,
            title: "header".to_owned(),
            subtitle: String::new(),
            text: vec![text],
            definitions: Vec::new(),
            parts: Vec::new(),
            span: pycxray::Span::new(0, 16),
            has_contents: false,
            payload: None,
        })),
    ];
    let update = Update::Snapshot(Snapshot { document: DocumentId(0), revision: 7, parts });
    assert_eq!(sent(&update), update);
}

#[test]
fn a_key_leads_back_to_its_item() {
    let bytes = include_bytes!("../../../../tests/fixtures/cpython-3.12/py38.pyc").to_vec();
    let pyc = Pyc::parse(bytes);
    let mut items: Vec<pycxray::Item> = pyc.top().collect();
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        items.extend(pyc.children(item));
        if let pycxray::Item::Object(id) = item {
            items.extend(pyc.parts(id));
        }
        at += 1;
        assert_eq!(ItemKey::from(item).item(&pyc), Some(item));
    }
    assert!(items.len() > 700, "{}", items.len());
    let beyond = pyc.tree().ids().next_back().map(|id| ItemKey::from(pycxray::Item::Object(id))).expect("an object");
    assert_eq!(beyond.item(&Pyc::parse(Vec::new())), None, "another tree has no such object");
}
