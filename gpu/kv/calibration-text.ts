/**
 * What systems learn their tables from beforehand: some of everything that prompts are made of, since a channel's range should hold
 * for any of it. A change here changes every result of those systems.
 */
export const CALIBRATION_TEXT = `The ferry left the harbour a little after six, while the lamps along the quay were still lit. Two \
fishermen stood at the rail and argued about the weather, as they did every morning, and neither of them looked at the sky. Behind \
the warehouses the river bent to the south, past the old sugar mill with its broken windows, and from there it ran slowly through \
fields of barley until it reached the lake. Nobody in the village could say how deep that lake was. Some claimed that a church lay \
at the bottom of it; others, more careful, said that it was only a barn.

"Have you checked the tickets?" Marta asked.
"Twice," said Jonas. "They are in the blue folder, together with the map and your letter to the museum."
"And the keys?"
He felt in his coat, then in the other pocket, and laughed. "All right, you win. They're still on the kitchen table."
"Then we have eleven minutes. Run!"

Water boils at 100 degrees Celsius at sea level, but on a mountain of 3,000 metres it boils at about 90, so that an egg takes longer \
to cook there. Light needs roughly eight minutes and twenty seconds from the Sun to the Earth. The heart of an adult at rest beats \
between 60 and 100 times a minute. Bees dance to tell each other where flowers are: the angle of the dance gives the direction, and \
its length gives the distance. In 1887 a long bridge was opened across the valley; it was 412.5 metres long, cost 2.8 million, and \
carried trains until 1964.

How to repot a plant:
1. Water it well on the day before.
2. Choose a pot that is 3 to 5 cm wider than the old one.
3. Loosen the roots, fill the gaps with fresh soil, and press it down gently.

Question: A shop sells pens for $1.20 each and notebooks for $3.50. What do four pens and two notebooks cost?
Answer: Four pens cost 4 x 1.20 = 4.80 and two notebooks cost 2 x 3.50 = 7.00, which makes $11.80 in total.

\`\`\`python
def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0

print(mean([2, 3.5, 7]))  # 4.1666...
\`\`\`

Dear Ms. Okafor, thank you for your message of 14 March. We have read your report with interest and would like to invite you to \
present it at our next meeting. Please let us know by Friday whether the date suits you; otherwise we could move it to the week \
after. Kind regards, the committee.
`;
