/** What the assistant of a restaurant can do: the declarations for the model, and the work itself. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { alternatives, findTable, sitting, toClock, toMinutes } from './schedule.mjs';

const timeScale = Number(process.env.TIME_SCALE ?? 1);
const restaurantFile = new URL('./restaurant.json', import.meta.url);
/** Tables booked through this assistant, on top of those in the file. */
const booked = [];

const tools = {
  search_menu: {
    description: 'Finds dishes by words in their name, course or diet.',
    parameters: {
      type: 'OBJECT',
      properties: { query: { type: 'STRING' }, maximum_price: { type: 'NUMBER' } },
      required: ['query'],
    },
    async run({ query = '', maximum_price = Number.POSITIVE_INFINITY }) {
      const { dishes } = await restaurant();
      const words = plain(query).split(/\W+/).filter(Boolean);
      const matches = dishes
        .filter(({ price }) => price <= maximum_price)
        .map((dish) => ({ dish, score: score(dish, words) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.dish.price - b.dish.price)
        .slice(0, 5)
        .map(({ dish }) => dish);
      return { found: matches.length, dishes: matches.length > 0 ? matches : dishes.slice(0, 3) };
    },
  },

  check_availability: {
    description: 'Says whether a table is free, and offers other times.',
    parameters: {
      type: 'OBJECT',
      properties: { time: { type: 'STRING' }, party_size: { type: 'INTEGER' } },
      required: ['time', 'party_size'],
    },
    async run({ time, party_size }) {
      const place = await restaurant();
      const [start, guests] = [toMinutes(time), guestsOf(party_size)];
      const table = findTable(place, guests, start);
      return {
        time: toClock(start),
        party_size: guests,
        free: table !== undefined,
        other_times: alternatives(place, guests, start, 4).map(toClock),
      };
    },
  },

  book_table: {
    description: 'Books a table.',
    parameters: {
      type: 'OBJECT',
      properties: { name: { type: 'STRING' }, time: { type: 'STRING' }, party_size: { type: 'INTEGER' } },
      required: ['name', 'time', 'party_size'],
    },
    async run({ name = 'guest', time, party_size }) {
      const start = toMinutes(time);
      const table = findTable(await restaurant(), guestsOf(party_size), start);
      if (!table) return { error: `No table at ${toClock(start)}.` };
      booked.push({ table: table.id, start: toClock(start), minutes: sitting });
      return { booked: true, name, table: table.id, time: toClock(start) };
    },
  },

  compute_bill: {
    description: 'Adds up dishes, with tax and tip.',
    parameters: {
      type: 'OBJECT',
      properties: { dishes: { type: 'ARRAY', items: { type: 'STRING' } }, tip_percent: { type: 'NUMBER' } },
      required: ['dishes'],
    },
    async run({ dishes: names = [], tip_percent = 10 }) {
      const { dishes } = await restaurant();
      const lines = [names].flat().map((name) => ({
        name,
        price: dishes.find((dish) => plain(dish.name).includes(plain(name)))?.price,
      }));
      const sum = lines.reduce((total, { price }) => total + (price ?? 0), 0);
      const tip = (sum * tip_percent) / 100;
      return {
        lines,
        sum: cents(sum),
        tax_included: cents(sum - sum / 1.1),
        tip: cents(tip),
        total: cents(sum + tip),
      };
    },
  },

  read_full_menu: {
    description:
      'The whole menu, with a suggested three-course dinner for each combination that fits a diet.',
    parameters: {
      type: 'OBJECT',
      properties: {
        diet: { type: 'STRING' },
        accents: { type: 'BOOLEAN', description: 'false for letters without accents' },
      },
    },
    async run({ diet = '', accents = true }) {
      const { dishes } = await restaurant();
      const fits = dishes.filter(({ diets }) => diets.includes(diet));
      const list = fits.length > 0 ? fits : dishes;
      const course = (name) => list.filter((dish) => dish.course === name);
      const dinners = course('starter').flatMap((starter) =>
        course('main').flatMap((main) =>
          course('dessert').map((dessert) => ({
            courses: [starter, main, dessert],
            price: cents(starter.price + main.price + dessert.price),
            allergens: [...new Set([starter, main, dessert].flatMap(({ allergens }) => allergens))],
          })),
        ),
      );
      const menu = { dishes: list, dinners };
      return accents ? menu : JSON.parse(withoutAccents(JSON.stringify(menu)));
    },
  },

  ask_the_kitchen: {
    description: 'Asks the kitchen about a special wish; somebody has to walk there.',
    parameters: { type: 'OBJECT', properties: { wish: { type: 'STRING' } }, required: ['wish'] },
    async run({ wish = '' }, signal) {
      await sleep(35_000 / timeScale, undefined, { signal });
      return { wish, answer: 'Bien sûr, the kitchen can do that.' };
    },
  },
};

export const functionDeclarations = Object.entries(tools).map(([name, { description, parameters }]) => ({
  name,
  description,
  parameters,
}));

/** The result for the model; what goes wrong is a result as well. */
export async function runTool({ name, args }, signal) {
  try {
    return (await tools[name]?.run(args ?? {}, signal)) ?? { error: `There is no function ${name}.` };
  } catch (error) {
    return { error: String(error) };
  }
}

async function restaurant() {
  const place = JSON.parse(await readFile(restaurantFile, 'utf8'));
  return { ...place, bookings: [...place.bookings, ...booked] };
}

function score({ name, course, diets }, words) {
  const text = plain([name, course, ...diets].join(' '));
  return words.filter((word) => text.includes(word)).length;
}

/** Lower case, without accents: people say `creme brulee`. */
function plain(text) {
  return withoutAccents(String(text)).toLowerCase();
}

function withoutAccents(text) {
  return text
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '');
}

function guestsOf(value) {
  return Math.min(Math.max(Math.round(Number(value)) || 2, 1), 8);
}

function cents(amount) {
  return Math.round(amount * 100) / 100;
}
