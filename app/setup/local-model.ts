/** The file that the development server offers (KVSCOPE_MODEL). */
export interface LocalModel {
  name: string;
  size: number;
  url: string;
}

/** A file host has no such answer, so a built page asks only when its address says `?local`. */
export async function localModel(): Promise<LocalModel | null> {
  if (!import.meta.env.DEV && !new URLSearchParams(location.search).has('local')) return null;
  try {
    const answer = await fetch('/__model.json');
    if (!answer.ok) return null;
    const offer = (await answer.json()) as LocalModel;
    return { ...offer, url: new URL(offer.url, location.href).href };
  } catch {
    return null;
  }
}
