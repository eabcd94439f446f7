/** Texts of the parts that sections of the lab are built from. Loaded with the lab. */
export const parts = {
  prompt: 'Prompt',
  noPrompt: 'no prompt yet',
  otherPrompt: 'The prompt in Run has changed since; these are results of the earlier one.',
  takePrompt: 'Use the present prompt',
  saveCsv: (kind: string) => `CSV: ${kind}`,
  saveJson: 'JSON',
};
