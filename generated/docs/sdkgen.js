// Lets the browser break long names between their words, and not inside of one.
(() => {
    const LONG = /(\S{16,})/;
    const GAPS = /(?<=::|[<(,_=&])(?=[\w{])|(?<=[\w)}])(?=[./]\w|\/\{)|(?<=[a-z0-9])(?=[A-Z])/;
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (LONG.test(text.data) && !text.parentElement.closest("pre")) {
            found.push(text);
        }
    }
    for (const text of found) {
        // Every other part is a long word.
        const words = text.data.split(LONG).map((word, at) => (at % 2 === 0 ? [word] : word.split(GAPS)));
        const parts = words.map((word) => word.flatMap((part) => [document.createElement("wbr"), part]).slice(1));
        text.replaceWith(...parts.flat());
    }
})();
