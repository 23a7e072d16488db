// Opens DMN with dmn-moddle and evaluates its tables with feelin. Knows nothing of this project.
import { DmnModdle } from "dmn-moddle";
import { evaluate, unaryTest } from "feelin";

const opened = {};
const evaluated = {};

async function open(xml) {
  const { rootElement, warnings } = await new DmnModdle().fromXML(xml);
  const decisions = rootElement.drgElement.filter((element) => element.decisionLogic);
  for (const decision of decisions) opened[decision.name] = decision.decisionLogic;
  return JSON.stringify({ decisions: decisions.map(({ name }) => name), warnings: warnings.map(String) });
}

// The same expression over the same values is evaluated once.
const once = (key, make) => (key in evaluated ? evaluated[key] : (evaluated[key] = make()));
const literal = (text) => once(text, () => evaluate(text).value);

// `facts`: FEEL literals by name. Returns the ids and outputs of the rules that fit, by the hit policy.
function decide(name, facts) {
  const table = opened[name];
  const told = JSON.parse(facts);
  const names = Object.keys(told);
  const context = Object.fromEntries(names.map((fact) => [fact, literal(told[fact])]));
  const columns = table.input.map((input) => {
    const fact = input.inputExpression.text;
    if (!(fact in told)) throw new Error(`not told: ${fact}`);
    return { text: told[fact], value: once(`${fact} = ${told[fact]}`, () => evaluate(fact, context).value) };
  });
  const passes = (entry, { text, value }) => {
    const others = names.filter((fact) => entry.text.includes(fact)).map((fact) => `${fact} = ${told[fact]}`);
    const test = () => unaryTest(entry.text, { ...context, "?": value }).value === true;
    return once(`${entry.text} ? ${[text, ...others].join(" ")}`, test);
  };
  const fits = (rule) => rule.inputEntry.every((entry, place) => entry.text === "-" || passes(entry, columns[place]));
  const fitting = table.rule.filter(fits);
  const spoken = table.hitPolicy === "FIRST" ? fitting.slice(0, 1) : fitting;
  const answer = (rule) =>
    Object.fromEntries(rule.outputEntry.map((entry, place) => [table.output[place].name, literal(entry.text)]));
  return JSON.stringify(spoken.map((rule) => ({ id: rule.description, outputs: answer(rule) })));
}

globalThis.dmn = { open, decide };
