import type { TokenCell } from './tokenCells';
import { tokenNode } from './tokenNode';

/** Tokens kept in the document; beyond this the oldest lines go. */
const mostTokens = 400;
/** Two tokens of one line may differ by a pixel or two in height; more than this is the next line. */
const halfLine = 10;

/**
 * One lane's text as plain nodes, a block per line. A new token is appended to the last line and only that line is laid
 * out and painted again; a line that overflows hands its rest to a new one. Tokens from .. to - 1 are in the document.
 */
export class TokenFlow {
  from = 0;
  to = 0;
  private nodes: HTMLElement[] = [];
  /** Index into `nodes` of the first token of the last line. */
  private lineStart = 0;
  private current: HTMLElement | null = null;
  private hovered: HTMLElement | null = null;
  private live = true;

  constructor(
    private readonly box: HTMLElement,
    private readonly text: HTMLElement,
  ) {}

  /** Starts over at a step. */
  restart(from: number): void {
    this.text.replaceChildren(document.createElement('div'));
    this.nodes = [];
    this.lineStart = 0;
    this.current = null;
    this.hovered = null;
    this.from = from;
    this.to = from;
  }

  /** What is appended from here on stands in a line of its own. */
  newLine(): void {
    if (this.nodes.length === 0) return;
    this.settle();
    this.text.append(document.createElement('div'));
    this.lineStart = this.nodes.length;
  }

  append(cell: TokenCell, first: boolean): void {
    const node = tokenNode(cell, first);
    if (cell.space) this.text.lastElementChild?.append(' ');
    this.text.lastElementChild?.append(node);
    this.nodes.push(node);
    this.to++;
  }

  /** Breaks the last line where the browser broke it, then drops the oldest lines beyond the limit. */
  settle(): void {
    const tops = this.nodes.slice(this.lineStart).map((node) => node.offsetTop);
    const base = this.lineStart;
    for (let i = 1; i < tops.length; i++) if (tops[i] - tops[i - 1] > halfLine) this.breakBefore(base + i);
    while (this.nodes.length > mostTokens && this.text.childElementCount > 1) this.dropLine();
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

  setHovered(step: number | null): void {
    const node = step === null ? null : (this.nodes[step - this.from] ?? null);
    if (node === this.hovered) return;
    this.hovered?.classList.remove('hov');
    node?.classList.add('hov');
    this.hovered = node;
  }

  private breakBefore(index: number): void {
    const line = document.createElement('div');
    let node: ChildNode | null = this.nodes[index];
    while (node) {
      const next: ChildNode | null = node.nextSibling;
      line.append(node);
      node = next;
    }
    this.text.append(line);
    this.lineStart = index;
  }

  private dropLine(): void {
    const line = this.text.firstElementChild as Element;
    const count = line.childElementCount;
    line.remove();
    this.nodes.splice(0, count);
    this.from += count;
    this.lineStart -= count;
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
