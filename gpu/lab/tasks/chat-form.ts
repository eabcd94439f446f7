import { contains, lastNumber } from '../../measure/answer-text';
import type { Instance } from '../../tasks/task';
import words from '../../tasks/words.json';

/** A task's question as a message to an instruction model, and the judge of the answer. */
export interface ChatForm {
  message: string;
  /** Share of the expected facts that the answer has, 0..1. Right = 1. */
  judge(answer: string): number;
}

type Form = (instance: Instance) => ChatForm;

/** Everything before the last line, which only says where the answer of a plain text begins. */
const body = ({ prompt }: Instance): string => prompt.slice(0, prompt.lastIndexOf('\n'));

const asking = (text: string, ask: string, judge: ChatForm['judge']): ChatForm => ({
  message: `${text}\n${ask}`,
  judge,
});
const share = (values: string[]) => (answer: string) =>
  values.filter((value) => contains(answer, value)).length / values.length;
const number = (value: number) => (answer: string) => Number(lastNumber(answer) === value);

const FORMS: Record<string, Form> = {
  qa: (one) => asking(body(one), 'Answer with one word from the facts.', share([factOf(one.answer)])),
  needle: (one) => asking(body(one), 'Answer with the code only.', share([match(one.answer, /(\d+)\.$/)])),
  arithmetic: (one) =>
    asking(
      body(one),
      'How many coins are there in the end? Work it out in short steps and end with the number.',
      number(Number(match(one.answer, /(\d+)\.$/))),
    ),
  copy: (one) =>
    asking(body(one), 'Write the whole list again in the same order and nothing else.', share([one.answer])),
  extract: (one) =>
    asking(
      body(one),
      'Write down what each numbered note says, and nothing else.',
      share([...one.answer.matchAll(/\d+: ([^.]+)\./g)].map(([, note]) => note)),
    ),
  code: ({ prompt, answer }) =>
    asking(
      prompt.replace(/ \/\/$/, ''),
      `What is the value of ${match(prompt, /let (\w+) = [^\n]*$/)} after these lines? Answer with the number only.`,
      number(Number(match(answer, /(\d+)\.$/))),
    ),
  story: ({ prompt, answer }) => {
    const [, thing, city] = /^ the (.*) home to (.*)\.$/.exec(answer) ?? [];
    const name = match(prompt, / At night (\w+) took$/);
    return asking(
      prompt.slice(0, prompt.lastIndexOf(' At night ')),
      `What thing did ${name} have, and which city is ${name} from? Answer in one short sentence.`,
      share([thing, city]),
    );
  },
};

/** The instance in the words of a conversation. */
export const chatForm = (task: string, instance: Instance): ChatForm => FORMS[task](instance);

const match = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';

/** The value of a fact about a person: "Tom lives in Paris." -> "Paris". */
function factOf(answer: string): string {
  for (const { fact } of words.relations) {
    const pattern = fact.replace('{name}', '\\w+').replace('{value}', '(.+)').replace(/\.$/, '\\.');
    const found = new RegExp(`^${pattern}$`).exec(answer.trim());
    if (found) return found[1];
  }
  return answer;
}
