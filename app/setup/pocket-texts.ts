/**
 * Prompts for Pocket, one of each kind of text that it was trained on, made by the generators of gpu/tasks with a seed of their own. A text
 * is part of every link that names its scene: change it only together with the scene's revision.
 */

export const FACTS = `Facts: Pia lives in Quito. Sara likes yogurt. Zoe lives in Riga. Tim likes plums. Zoe works as a smith. Lena waits in the castle. Eva likes nuts. Jane likes coffee. Eva lives in Nice. Tim works as a hunter. Pia waits in the temple. Olga owns a wolf. Olga works as a lawyer. Sara waits in the orchard. Tess waits in the pool. Jane owns a crow. Sara works as a driver. Tess likes cream. Tim lives in Delhi. Jane waits in the tower. Lena works as a potter. Jane works as a chemist. Zoe owns a robin. Olga lives in Berlin. Olga waits in the garden. Lena likes butter. Lena owns a parrot. Tim waits in the harbor. Zoe likes tea. Olga likes honey. Pia likes juice. Lena lives in Malta. Sara owns a swan. Pia owns a duck. Tim owns a donkey. Tess owns a lizard. Jane lives in Dallas. Tess works as a ranger. Eva waits in the school. Eva works as a guard.
Question: Where does Pia live?
Answer:`;

export const LIST = `List: square, dentist, wolf, station, river, attic, teacher, apples, butcher, nurse, shiny, potatoes, coin, brown, horse, cup, clean, spider, flat, bottle, guard, dry, plums, yogurt, waiter, grapes, swan, weaver, mason, forest, coat, parrot, rope, beach, donkey, potter, small, driver, duck, chemist.
Copy:`;

export const NOTES = `Report. Nobody saw the dirty ferret. The poet carried a short clock. Note 1: the barn is new. Nobody saw the soft cow. Note 2: the barn is bright. The dog slept near the bakery. The ranger was tired that day. Note 3: the stable is closed. The fisher walked to the river. Note 4: the cave is open. There was peas in the village. Note 5: the school is safe. There was plums in the field. Note 6: the park is full. A pigeon ran across the valley. Note 7: the field is dry. Note 8: the beach is empty. Note 9: the factory is small.
Summary:`;

export const COINS = `We count the coins at the beach. 1. We had 70. 2. We spent 48. 3. We lost 8. 4. We made 60. 5. We lost 36. 6. We earned 27. 7. We won 1. 8. We paid 60.
Work:`;

export const CODES = `The hunter carried a short glove. The clean plate was on the table. The miner walked to the library. There was cheese in the garden. The dentist carried a strange drum. A goose ran across the mill. The code of the strange violin is 426. The farmer carried a cheap shovel. Nobody saw the short cow. There was salad in the meadow. It was a hard day in the church. The nurse was proud that day. It was a brown day in the prison. The porter carried a sharp drum. The rabbit slept near the palace. Nobody saw the clean beetle. It was a wooden day in the field. The code of the wet letter is 346. The lizard slept near the barn. The ranger was proud that day. The mason walked to the hotel. The frog slept near the temple. Nobody saw the small raven. The soft ring was on the table. The snake slept near the meadow. The singer carried a wooden kite. The road to the stable was long. It was a warm day in the station. Nobody saw the red lobster. A falcon ran across the river. The code of the strange letter is 851. The sailor carried a brown chair. The code of the shiny letter is 712. Nobody saw the black frog. The green key was on the table. The sailor was hungry that day. The gardener was hungry that day. A parrot ran across the meadow.
Question: What is the code of the strange violin?
Answer:`;

export const PROGRAM = `let candle = 11;
let grapes = 31;
let swan = 39;
let bear = 29;
let jam = 2;
let cat = 1;
let melons = 15;
let butter = 15;
let snake = 25;
let frog = 7;
let falcon = 14;
let beans = 28;
let lamp = 18;
let glove = 22;
let onions = 14;
let salad = 6;
let donkey = 37;
let honey = 41;
let hat = 10;
let yogurt = 12;
let ferret = salad + candle; //`;

export const STORY = `Once Iris from Boston had a white candle. Once Eva from London had a quiet chair. Iris walked to the kitchen. Iris met a dancer near the cave. Eva was glad, but Iris was glad. Iris walked to the museum. They asked the poet for some tomatoes. Then Iris and Eva shared some fish. Eva was hungry, but Iris was calm. Near the bakery they saw a cold donkey. It began to rain, so Iris waited in the kitchen. The camel of the nurse followed them. Then Iris and Eva shared some honey. Eva was happy, but Iris was happy. It began to rain, so Iris waited in the stable. The guard laughed and waved at Eva. After that they went to the forest. After that they went to the palace. Near the palace they saw a hard cat. Iris gave some melons to a raven. Iris felt happy and sat down. Eva was tired, but Iris was sleepy. At night Iris took`;
