// The address bar holds the view. Replacing the entry, not adding one, keeps the back button for pages.

export function setAddress(query) {
  const { pathname, hash, search } = window.location;
  const wanted = query ? `?${query}` : "";
  if (search !== wanted) window.history.replaceState(window.history.state, "", pathname + wanted + hash);
}

export async function copyAddress() {
  const text = window.location.href;
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  // Pages served over plain http have no clipboard interface.
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
