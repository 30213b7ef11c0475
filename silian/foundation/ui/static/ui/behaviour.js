// Menus made of <details>, messages, and the keys that work everywhere.

export function startMenus(root) {
  for (const menu of root.querySelectorAll("[data-sl-menu]")) {
    menu.addEventListener("toggle", () => {
      if (menu.open) closeMenus(menu);
    });
    for (const closer of menu.querySelectorAll("[data-sl-close]")) {
      closer.addEventListener("click", () => closeMenu(menu));
    }
  }
}

function closeMenu(menu) {
  if (!menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("[data-sl-menu][open]")) {
    if (menu !== except && !menu.contains(except)) menu.open = false;
  }
}

export function startToasts() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-sl-menu]")) closeMenus(null);
  });
  for (const toast of document.querySelectorAll("[data-sl-toast]")) prepareToast(toast);
  document.body.addEventListener("htmx:responseError", (event) => {
    say(sentenceIn(event.detail.xhr.responseText) || "没有取到内容，填写的都还在。请稍后重试。", "error");
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.responseURL.includes("/accounts/login/")) return;
    event.detail.shouldSwap = false; // the session ended: go through the login and come back
    location.reload();
  });
  document.body.addEventListener("htmx:sendError", () => say("网络断开了，填写的都还在。恢复后重试。", "error"));
}

// A refusal answers with a whole page; its one sentence is what the reader needs.
function sentenceIn(text) {
  const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-sl-sentence]");
  return found ? found.textContent : "";
}

function prepareToast(toast) {
  const closer = document.createElement("button");
  closer.type = "button";
  closer.setAttribute("aria-label", "关闭这条提示");
  closer.textContent = "×";
  closer.addEventListener("click", () => toast.remove());
  toast.append(closer);
  if (toast.dataset.tone === "success" || toast.dataset.tone === "info") {
    setTimeout(() => toast.remove(), 8000);
  }
}

export function say(text, tone = "info") {
  const toast = document.createElement("div");
  toast.className = "sl-toast";
  toast.dataset.tone = tone;
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  prepareToast(toast);
  document.getElementById("sl-toasts").append(toast);
}

const HELP = [
  ["/", "到搜索框"],
  ["J", "下一行"],
  ["K", "上一行"],
  ["↵", "打开这一行"],
  ["X", "选中这一行"],
  ["Esc", "关闭菜单"],
  ["?", "看快捷键"],
];

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("[data-sl-menu][open]");
      if (open) closeMenu(open);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "/") {
      const boxes = [...document.querySelectorAll("[data-sl-search]")];
      const box = boxes.find((one) => one.offsetParent !== null);
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    } else if (event.key === "?") {
      showKeys();
    }
  });
}

export function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
}

function showKeys() {
  let dialog = document.getElementById("sl-keys");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.id = "sl-keys";
    dialog.className = "sl-keys";
    dialog.setAttribute("aria-label", "快捷键");
    const list = document.createElement("dl");
    for (const [key, words] of HELP) {
      const name = document.createElement("dt");
      const cap = document.createElement("kbd");
      cap.textContent = key;
      name.append(cap);
      const text = document.createElement("dd");
      text.textContent = words;
      list.append(name, text);
    }
    const closer = document.createElement("button");
    closer.className = "btn";
    closer.textContent = "关闭";
    closer.addEventListener("click", () => dialog.close());
    dialog.append(list, closer);
    document.body.append(dialog);
  }
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-sl-print]")) window.print();
});
