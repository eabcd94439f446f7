export interface NameWish {
  /** Where the leader stands. */
  x: number;
  width: number;
}

export interface PlacedName {
  /** Index of the wish. */
  index: number;
  left: number;
}

/**
 * Labels centred under their leaders, pushed inside [lo, hi]. Wishes come in order of importance: a label that would
 * touch an earlier one is shifted to that one's free side if its leader still lies over it, else left out.
 */
export function placeNames(wishes: NameWish[], lo: number, hi: number, space = 8): PlacedName[] {
  const placed: (PlacedName & { right: number })[] = [];
  wishes.forEach((wish, index) => {
    const centred = Math.max(lo, Math.min(hi - wish.width, wish.x - wish.width / 2));
    const options = [centred, ...placed.flatMap((p) => [p.right + space, p.left - space - wish.width])];
    for (const left of options) {
      const right = left + wish.width;
      const reaches = wish.x >= left - 1 && wish.x <= right + 1;
      const inside = left >= lo - 0.01 && right <= hi + 0.01;
      if (!reaches || !inside || placed.some((p) => left < p.right + space && right > p.left - space)) continue;
      placed.push({ index, left, right });
      return;
    }
  });
  return placed.map(({ index, left }) => ({ index, left }));
}
