import type { LabSection } from './section';

const found = import.meta.glob<LabSection>('./sections/*.tsx', { eager: true, import: 'default' });

export const sections: LabSection[] = Object.values(found).sort((a, b) => a.order - b.order);
