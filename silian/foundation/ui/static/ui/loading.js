// Loads vendored scripts and styles once, by the hashed names the page was served with.

const loaded = new Map();

export function vendorUrl(name) {
  const names = JSON.parse(document.body.dataset.slVendor || "{}");
  return names[name];
}

export function loadScript(url) {
  if (!loaded.has(url)) {
    loaded.set(url, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }));
  }
  return loaded.get(url);
}

export function loadStyle(url) {
  if (loaded.has(url)) return;
  loaded.set(url, true);
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.prepend(link);
}
