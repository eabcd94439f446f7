import type { TokenCell } from './tokenCells';

/** A token as a node: its text, and under it the other lane's text for the width alone. `first` = the lanes part here. */
export function tokenNode(cell: TokenCell, first: boolean): HTMLElement {
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
