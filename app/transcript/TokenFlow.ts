import type { TokenCell } from './tokenCells';

/** Tokens kept in the document; beyond this the oldest whole lines go. */
const mostTokens = 160;
const spare = 40;

/**
 * One lane's text as plain nodes: a new token appends one node and renders nothing else. Tokens from..to are in the
 * document. The front is cut at line starts only, so that what stays keeps its line breaks.
 */
export class TokenFlow {
  from = 0;
  to = 0;
  private nodes: HTMLElement[] = [];
  private current: HTMLElement | null = null;
  private hovered: HTMLElement | null = null;
  private live = true;
  private streaming = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly text: HTMLElement,
  ) {}

  /** Starts over at a step. */
  restart(from: number): void {
    this.text.replaceChildren();
    this.nodes = [];
    this.current = null;
    this.hovered = null;
    this.from = from;
    this.to = from;
  }

  append(cell: TokenCell, first: boolean): void {
    const node = element(cell, first);
    if (cell.space) this.text.append(' ');
    this.text.append(node);
    this.nodes.push(node);
    this.to++;
  }

  /** Where the text may be cut so that at most `mostTokens` stay; 0 while there is room. */
  cutPoint(): number {
    if (this.nodes.length <= mostTokens + spare) return 0;
    for (let i = this.nodes.length - mostTokens; i < this.nodes.length; i++) {
      if (this.nodes[i].offsetTop > this.nodes[i - 1].offsetTop) return i;
    }
    return 0;
  }

  cut(count: number): void {
    const stays = this.nodes[count];
    while (this.text.firstChild && this.text.firstChild !== stays) this.text.firstChild.remove();
    this.nodes.splice(0, count);
    this.from += count;
  }

  /** Outlines the token of a step and brings its line into view. The box grows upwards, so live needs no scrolling. */
  setCurrent(step: number, live: boolean): void {
    if (live !== this.live) {
      this.live = live;
      this.box.classList.toggle('back', !live);
      if (live) this.box.scrollTop = 0;
    }
    const node = this.nodes[step - this.from] ?? null;
    if (node === this.current) return;
    this.current?.classList.remove('cur');
    node?.classList.add('cur');
    this.current = node;
    if (!live && node) this.reveal(node);
  }

  /** While tokens stream in nobody scrolls, and text that cannot scroll paints only its visible lines. */
  setStreaming(streaming: boolean): void {
    if (streaming === this.streaming) return;
    this.streaming = streaming;
    this.box.classList.toggle('streaming', streaming);
  }

  setHovered(step: number | null): void {
    const node = step === null ? null : (this.nodes[step - this.from] ?? null);
    if (node === this.hovered) return;
    this.hovered?.classList.remove('hov');
    node?.classList.add('hov');
    this.hovered = node;
  }

  private reveal(node: HTMLElement): void {
    const box = this.box.getBoundingClientRect();
    const token = node.getBoundingClientRect();
    if (token.top >= box.top && token.bottom <= box.bottom) return;
    const line = Number.parseFloat(getComputedStyle(this.box).lineHeight);
    const away = (token.top + token.bottom) / 2 - (box.top + box.bottom) / 2;
    this.box.scrollTop = Math.round((this.box.scrollTop + away) / line) * line;
  }
}

function element(cell: TokenCell, first: boolean): HTMLElement {
  const node = document.createElement('i');
  node.dataset.step = String(cell.step);
  const classes = [cell.tint > 0 ? `k${cell.tint}` : '', cell.underlined ? 'mis' : '', first ? 'fd' : ''];
  if (cell.other === null) node.textContent = cell.own;
  else {
    classes.push('pair');
    const own = document.createElement('span');
    own.textContent = cell.own;
    const other = document.createElement('span');
    other.textContent = cell.other;
    other.ariaHidden = 'true';
    node.append(own, other);
  }
  node.className = classes.filter(Boolean).join(' ');
  return node;
}
