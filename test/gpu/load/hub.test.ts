import { expect, test } from 'vitest';
import { hubInfo, hubName, hubSource, hubUrl, parseHubRef } from '../../../gpu/load/hub';
import { MODELS } from '../../../gpu/load/models-list';

const ref = { repo: 'o/r-GGUF', file: 'm.Q4_0.gguf', revision: 'main' };

test.each([
  ['o/r-GGUF/m.Q4_0.gguf', ref],
  ['  o/r-GGUF/m.Q4_0.gguf ', ref],
  ['o/r-GGUF@v1.0/m.Q4_0.gguf', { ...ref, revision: 'v1.0' }],
  ['o/r-GGUF/m.Q4_0.gguf@abc123', { ...ref, revision: 'abc123' }],
  ['o/r-GGUF/q4/m.Q4_0.gguf', { ...ref, file: 'q4/m.Q4_0.gguf' }],
  ['https://huggingface.co/o/r-GGUF/blob/main/m.Q4_0.gguf', ref],
  ['https://huggingface.co/o/r-GGUF/resolve/main/m.Q4_0.gguf?download=true', ref],
  [
    'huggingface.co/o/r-GGUF/resolve/refs/pr/3/q4/m.Q4_0.gguf',
    { ...ref, file: 'q4/m.Q4_0.gguf', revision: 'refs/pr/3' },
  ],
  ['https://hf.co/o/r-GGUF/blob/v2/with%20space.gguf', { ...ref, file: 'with space.gguf', revision: 'v2' }],
])('%s', (input, want) => {
  expect(parseHubRef(input)).toEqual(want);
});

test.each([
  ['', 'owner/repository'],
  ['m.gguf', 'owner/repository'],
  ['o/r', '.gguf'],
  ['o/r/model.safetensors', '.gguf'],
  ['https://huggingface.co/o/r', '.gguf'],
  ['https://example.com/o/r/m.gguf', 'huggingface.co'],
  ['o/r/../m.gguf', 'plain'],
  ['../../m.gguf', 'owner/repository'],
  ['o/r b/m.gguf', 'owner/repository'],
])('%j is refused', (input, says) => {
  expect(() => parseHubRef(input)).toThrow(
    expect.objectContaining({ code: 'bad-config', why: expect.stringContaining(says) }),
  );
});

test('addresses and names', () => {
  expect(hubUrl(ref)).toBe('https://huggingface.co/o/r-GGUF/resolve/main/m.Q4_0.gguf');
  expect(hubUrl({ ...ref, revision: 'refs/pr/3', file: 'a b/c#.gguf' })).toBe(
    'https://huggingface.co/o/r-GGUF/resolve/refs%2Fpr%2F3/a%20b/c%23.gguf',
  );
  for (const one of [ref, { ...ref, revision: 'v2' }]) expect(parseHubRef(hubName(one))).toEqual(one);
});

/** A hub that answers every request alike, and remembers what it was asked. */
function hub(status: number, headers: Record<string, string>, body = 'x') {
  const asked: [string, Headers][] = [];
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    asked.push([String(input), new Headers(init?.headers)]);
    return new Response(body, { status, headers });
  };
  return { asked, fetch: answer as typeof fetch };
}

test('size and etag of a file, with the token in the header', async () => {
  const { asked, fetch } = hub(206, {
    'content-range': 'bytes 0-0/98362432',
    etag: 'W/"short"',
    'x-linked-etag': '"b179"',
  });
  expect(await hubInfo(ref, { fetch, token: 'hf_secret' })).toEqual({ size: 98_362_432, etag: 'b179' });
  expect(asked[0][0]).toBe(hubUrl(ref));
  expect(asked[0][1].get('authorization')).toBe('Bearer hf_secret');
  const source = await hubSource({ ...ref, file: 'q4/m.gguf' }, { fetch, token: 'hf_secret' });
  expect([source.name, source.size]).toEqual(['m.gguf', 98_362_432]);
  expect(asked[1][1].get('authorization')).toBe('Bearer hf_secret');
});

test('refusals of the hub are typed', async () => {
  await expect(hubInfo(ref, { fetch: hub(401, {}).fetch })).rejects.toMatchObject({ code: 'gated' });
  await expect(hubInfo(ref, { fetch: hub(403, {}).fetch })).rejects.toMatchObject({ code: 'gated' });
  await expect(hubInfo(ref, { fetch: hub(404, { 'x-error-code': 'EntryNotFound' }).fetch })).rejects.toMatchObject({
    code: 'network',
  });
  const down = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(hubInfo(ref, { fetch: down as typeof fetch })).rejects.toMatchObject({
    code: 'network',
    why: 'Failed to fetch',
  });
  await expect(hubInfo(ref, { fetch: down as typeof fetch, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test('the suggested models are well-formed, and the measured one is exact', () => {
  for (const model of MODELS) {
    expect(parseHubRef(`${model.repo}/${model.file}`)).toMatchObject({ repo: model.repo, file: model.file });
    expect(model.bytes).toBeGreaterThan(50e6);
    expect(model.licence && model.notes && model.context).toBeTruthy();
  }
  expect(MODELS.filter((model) => model.checked).map((model) => model.bytes)).toEqual([98_362_432]);
});
