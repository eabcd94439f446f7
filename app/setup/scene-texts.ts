/**
 * The prompts of the six scenes. A text is part of every link that names its scene: change it only together with the
 * scene's revision. The long ones are built from fixed lists, so that they stay readable here.
 */
export const QUESTION =
  'Answer in one short paragraph. Which planet in our solar system has the shortest year, how long is that year in Earth days, and why does a planet close to the Sun move faster than one far away?';

export const ARTICLE = `Summarize the following report in three sentences.

The harbour council of Lindholm voted on Tuesday to replace the old ferry with two electric boats. The present ferry, built in 1974, burns about 900 litres of diesel a day and was out of service for forty-one days last winter. Each new boat will carry sixty passengers and twelve bicycles, half the number of the old ferry, but they will leave every fifteen minutes instead of once an hour.

The boats cost 8.4 million crowns together, of which the region pays three quarters. The council borrows the rest over twelve years. Councillor Maren Holt, who voted against, said that the loan comes at a bad time: the swimming hall needs a new roof and the school on the north shore has been waiting for a second gym since 2016. She asked for one boat now and one in five years. The motion failed by seven votes to six.

The harbour master, Ivo Brandt, expects the charging station to be the slow part. The cable from the substation runs under the fish market, which may not close between May and September. Work can begin in October at the earliest, so the first boat will probably sail in the spring of the year after next. Until then the old ferry keeps its timetable, and the council set aside 300,000 crowns for repairs.

Fishermen had feared that faster traffic would disturb the nets near the breakwater. After talks in June the route was moved two hundred metres to the west. The new crossing takes nine minutes, one minute longer than today. Single tickets stay at eighteen crowns; children under twelve travel free of charge.`;

export const SUM = `Solve the problem step by step and give the final number on the last line.

A bakery makes 48 loaves in the morning and half as many in the afternoon. It sells three quarters of the morning loaves for 4 crowns each and all afternoon loaves for 3 crowns each. The morning loaves that are left over are sold the next day for 2 crowns each. Flour for the day costs 95 crowns. How many crowns does the bakery earn after paying for the flour?

Step 1:`;

const ROOMS = ['kitchen', 'cellar', 'attic', 'garden shed', 'library', 'workshop', 'hallway', 'bathroom', 'veranda'];
const FAULTS = [
  'a tap drips',
  'the lamp flickers',
  'the door sticks',
  'a hinge is loose',
  'the window leaks when it rains',
  'a floorboard creaks',
  'the paint peels',
  'a socket is dead',
];
const ANSWERS = [
  'Noted. I would look at that after the weekend; it does not get worse quickly.',
  'That one first, please. Water finds its way, and repairs get dearer every week.',
  'A small job: twenty minutes, one screwdriver and a little patience.',
  'Leave it for now. We can ask the electrician when he comes for the meter.',
  'I wrote it on the list and put a question mark beside the price.',
];

export const CHAT = `${Array.from({ length: 24 }, (_, i) => {
  const room = ROOMS[i % ROOMS.length];
  return `Owner: In the ${room} ${FAULTS[(i * 3) % FAULTS.length]}. What shall we do about it?\nKeeper: ${ANSWERS[(i * 2) % ANSWERS.length]}`;
}).join('\n')}
Owner: Thank you. Now go through the whole list once more, room by room, and tell me in which order you would do the work and why.
Keeper:`;

const WEATHER = [
  'fog until noon',
  'a clear night',
  'wind from the west',
  'light rain',
  'a heavy swell',
  'frost on the rail',
];
const WORK = [
  'The keeper wiped the glass and trimmed the wick.',
  'The boat brought bread, oil and two letters.',
  'A ship with three masts passed far out, heading north.',
  'The clock was four minutes slow and was set right.',
  'The stairs were scrubbed from top to bottom.',
];

const logbook = (days: number, keepAt: number) =>
  Array.from({ length: days }, (_, i) => {
    const line = `Day ${i + 1}: ${WEATHER[(i * 5) % WEATHER.length]}. ${WORK[(i * 3) % WORK.length]}`;
    return i === keepAt ? `${line} He chose a new word for the door: marigold.` : line;
  }).join('\n');

export const NEEDLE = `${logbook(56, 5)}
Question: Which word did the keeper choose for the door?
Answer: The word for the door is`;

const FIELDS = [
  'width',
  'height',
  'depth',
  'weight',
  'price',
  'stock',
  'colour',
  'grade',
  'origin',
  'batch',
  'shelf',
  'label',
];

export const CODE = `${FIELDS.map(
  (field, i) => `def read_${field}(record):
    """Return the ${field} of a record, or the default when it is missing."""
    value = record.get("${field}")
    if value is None:
        return ${i === 2 ? '7341' : i}
    return value

def write_${field}(record, value):
    """Store the ${field}; a None removes it."""
    if value is None:
        record.pop("${field}", None)
    else:
        record["${field}"] = value
`,
).join('\n')}
# The default that read_depth returns when the record has no depth is`;
