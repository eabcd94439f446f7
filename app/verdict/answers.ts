/** What the text should come to, for the prompts that have one right answer. */
export const answers: Record<string, string> = { question: 'Mercury', sum: '145', needle: 'marigold', code: '7341' };
