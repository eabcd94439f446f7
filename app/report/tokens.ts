import type { Theme } from '../draw/theme';
import type { Tokens } from './html';

export const tokensOf = ({ bg, ink, ink2, line, sunk, sans }: Theme): Tokens => ({ bg, ink, ink2, line, sunk, sans });
