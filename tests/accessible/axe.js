// What axe finds on a page, without what is not asked of Streamlit's own: [rule, element and why], …
async ([tags, outside]) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false });
  const at = (path) => path.flat().reduce((root, selector) => (root.shadowRoot ?? root).querySelector(selector), document);
  const spared = (rule, target) => (outside[rule] ?? []).some((selector) => at(target)?.closest(selector));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target }) => !spared(id, target))
      .map(({ html, any, all, none }) => [id, `${html.slice(0, 120)} ${[...any, ...all, ...none][0]?.message ?? ""}`]),
  );
}
