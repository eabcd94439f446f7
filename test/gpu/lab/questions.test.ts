import { describe, expect, test } from 'vitest';
import type { LabModel } from '../../../gpu/lab/experiment';
import { chatForm } from '../../../gpu/lab/tasks/chat-form';
import { formatProbe } from '../../../gpu/lab/tasks/format';
import { depthOf, HELD_OUT, heldOut } from '../../../gpu/lab/tasks/held-out';
import { mapping } from '../../../gpu/lab/tasks/mapping';
import { questionOf, TASK_IDS } from '../../../gpu/lab/tasks/question';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import { seeded } from '../../../gpu/tasks/random';
import { taskOf, tasks } from '../../../gpu/tasks/registry';
import { LENGTHS, sizeFor } from '../../../gpu/tasks/task';
import { tinyGguf } from '../../fixtures/tiny-gguf';

test('instance i has the seed of the training program’s own evaluation', () => {
  const { i, band, ...one } = heldOut('qa', 64, 3, 5);
  expect({ i, band, one }).toEqual({
    i: 3,
    band: null,
    one: taskOf('qa').make(seeded(HELD_OUT + 3), sizeFor('qa', 64)),
  });
});

test.each(LENGTHS.slice(1))('at %d tokens the needle goes round five depths', (length) => {
  for (let i = 0; i < 10; i++) {
    const one = heldOut('needle', length, i, 5);
    expect(one.band).toBe(i % 5);
    expect(Math.floor(depthOf(one) * 5)).toBe(i % 5);
    expect(one.prompt.slice(...one.keys[0])).toContain(/(\d+)\.$/.exec(one.answer)?.[1]);
  }
});

describe('chat form', () => {
  test.each(tasks.map(({ id }) => id))('%s: its own answer is right, another instance’s is not', (id) => {
    for (let i = 0; i < 20; i++) {
      const [one, other] = [heldOut(id, 128, i, 5), heldOut(id, 128, i + 20, 5)];
      const { message, judge } = chatForm(id, one);
      expect(message.length).toBeGreaterThan(one.prompt.length / 2);
      expect(message).not.toMatch(/(Answer|Work|Copy|Summary):$/);
      expect(judge(`Sure! ${one.answer}`)).toBe(1);
      expect(judge('')).toBe(0);
      if (!one.answer.includes(other.answer.slice(-6))) expect(judge(other.answer)).toBeLessThan(1);
    }
  });

  test('part of the notes is part of the answer', () => {
    const { judge } = chatForm('extract', heldOut('extract', 128, 0, 5));
    const notes = heldOut('extract', 128, 0, 5).answer.split(/(?<=\.) /);
    expect(judge(notes.slice(1).join(' '))).toBeCloseTo((notes.length - 1) / notes.length, 12);
  });
});

test('requests for a form: each is met by what it asks for, and by nothing else', () => {
  const good = (text: string): string[] => {
    const [, name, city, job] = /(\w+) lives in (.+?) and works as a (\w+)\./.exec(text) ?? [];
    return [
      `Here it is: {"name": "${name}", "city": "${city}"}`,
      `${name} LIVES IN ${city}.`.toUpperCase(),
      `Note: ${name} lives in ${city}.`,
      `${name} is a ${job}. Done.`,
      `- ${name} is a ${job}.\n- He lives in ${city}.\n- That is all.`,
      `${city}; ${job}`,
    ];
  };
  for (let i = 0; i < 12; i++) {
    const { text, check } = formatProbe(seeded(i), i, i);
    expect(good(text).map(check)).toEqual(good(text).map((_, at) => at === i % 6));
    expect(check('')).toBe(false);
  }
});

test('a rule by examples: the answer follows the rule, and no example gives it away', () => {
  for (let i = 0; i < 30; i++) {
    const { prompt, answer, chance } = mapping(seeded(i), i);
    const lines = prompt.split('\n').map((line) => line.split(' => '));
    const [asked] = (lines.pop()?.[0] ?? '').split(' =>');
    expect(lines.length).toBe(8);
    expect(lines.map(([from]) => from)).not.toContain(asked);
    if (i % 3 === 1) for (const [from, to] of [...lines, [asked, answer]]) expect(Number(to)).toBe(Number(from) + 1);
    if (i % 3 === 2)
      for (const [from, to] of [...lines, [asked, answer.trim()]]) expect(from).toMatch(new RegExp(` ${to}$`));
    expect(chance).toBeGreaterThan(0);
  }
});

describe('questions for a model', async () => {
  const file = await openGguf(bytesSource(tinyGguf()));
  const model = { file, tokenizer: openTokenizer(file.metadata), summary: { context: 1024 } } as LabModel;
  const asked = { task: 'qa', length: 64, form: 'plain', depths: 5, seed: HELD_OUT, shots: 0 } as const;

  test('a plain question is the text that training uses, cut where the answer begins', () => {
    const { prompt, answer } = questionOf(model, asked, 0);
    const { prompt: text, answer: right } = heldOut('qa', 64, 0, 5);
    expect(model.tokenizer.decode([...prompt, ...(answer ?? [])])).toBe(text + right);
  });

  test('solved questions before it are never the same one', () => {
    const { prompt } = questionOf(model, { ...asked, shots: 2 }, 0);
    const parts = model.tokenizer.decode(prompt).split('\n\n');
    expect(parts.length).toBe(3);
    expect(new Set(parts.map((part) => part.split('\n')[0])).size).toBe(3);
    expect(parts[2]).toBe(heldOut('qa', 64, 0, 5).prompt);
  });

  test.each(TASK_IDS)('%s in the chat form ends where the model answers', (task) => {
    const { prompt, answer, limit } = questionOf(model, { ...asked, task, form: 'chat' }, 1);
    expect(answer).toBe(null);
    expect(limit).toBeGreaterThan(0);
    expect(model.tokenizer.decode(prompt)).toMatch(/assistant\n$/);
  });
});
