"""What lies on top of something else, is cut off or crushed on a page as it stands."""

from playwright.sync_api import Page

# Controls and texts by the boxes they are painted in. What sticks to an edge of the window covers
# what is scrolled under it, and that is its purpose. Where a dialog is open, it is looked at.
_LOOK = """() => {
    const SLACK_PX = 3;
    const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const root = document.querySelector("dialog[open]") ?? document.body;
    const isAbove = (one) => {
        for (let at = one; at !== root; at = at.parentElement) {
            const { position } = getComputedStyle(at);
            if (at.matches(".vh, video")) return true;
            if (["sticky", "fixed"].includes(position)) return true;
        }
        return false;
    };
    const told = (one) => {
        const text = (one.textContent || one.value || "").trim().replace(/\\s+/g, " ");
        return `<${one.tagName.toLowerCase()} class="${one.className}"> ${text.slice(0, 40)}`;
    };
    const isControl = (one) => one.matches("a, button, input, select, textarea, summary");
    const isWords = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
    const isCut = (one) => {
        const { overflowX, textOverflow } = getComputedStyle(one);
        const isWider = one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1;
        return isWider && overflowX === "hidden" && textOverflow !== "ellipsis";
    };
    // A word in so many rows that nobody reads it.
    const isCrushed = (one) => {
        const words = [...one.childNodes].filter(isWords);
        return words.some((node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
            const rows = new Set(tops).size;
            return rows > 4 && node.data.trim().length / rows < 8;
        });
    };
    const faults = [];
    const boxes = [];
    for (const one of root.querySelectorAll("*")) {
        if (!seen(one) || isAbove(one) || one.closest("option, script, svg")) continue;
        if (!isControl(one) && ![...one.childNodes].some(isWords)) continue;
        const rects = [...one.getClientRects()].filter(({ width, height }) => width && height);
        for (const box of rects) {
            if (box.bottom < 0 || box.top > innerHeight) continue;
            boxes.push({ one, box });
            const isOut = box.right > innerWidth + 1 || box.left < -1;
            if (isOut) faults.push(`out of the window: ${told(one)}`);
        }
        const isField = one.matches("textarea, input");
        if (!isField && isCut(one)) faults.push(`cut off: ${told(one)}`);
        if (!isField && isCrushed(one)) faults.push(`crushed: ${told(one)}`);
    }
    for (const [place, { one, box }] of boxes.entries()) {
        for (const { one: other, box: second } of boxes.slice(place + 1)) {
            if (one.contains(other) || other.contains(one)) continue;
            if (one.closest("label") && one.closest("label") === other.closest("label")) continue;
            const wide = Math.min(box.right, second.right) - Math.max(box.left, second.left);
            const high = Math.min(box.bottom, second.bottom) - Math.max(box.top, second.top);
            const isText = !isControl(one) && !isControl(other);
            const most = isText ? 0.35 * Math.min(box.height, second.height) : SLACK_PX;
            const isOver = wide > SLACK_PX && high > most;
            if (isOver) faults.push(`overlap: ${told(one)} and ${told(other)}`);
        }
    }
    return [...new Set(faults)];
}"""


def faults_in_sight(page: Page) -> list[str]:
    """One line for each control or text that covers another, is cut off, crushed or out of view."""
    return page.evaluate(_LOOK)
