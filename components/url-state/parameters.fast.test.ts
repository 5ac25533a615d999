import { expect, test } from "vitest";
import {
  choiceParameter,
  choicesParameter,
  idParameter,
  switchParameter,
  textParameter,
  textsParameter,
  timeParameter,
} from "./parameters";

test("a value is read as it was written", () => {
  const time = new Date("2026-11-30T12:34:56.789Z");
  expect(textParameter.read(textParameter.write("a&b=c d"))).toBe("a&b=c d");
  expect(idParameter.read(idParameter.write("event_1"))).toBe("event_1");
  expect(switchParameter.read(switchParameter.write(true))).toBe(true);
  expect(timeParameter.read(timeParameter.write(time))).toEqual(time);
  expect(textsParameter.read(textsParameter.write(["b", "a", "b"]))).toEqual(["b", "a", "b"]);
  expect(choiceParameter(["all", "some"]).read(["some"])).toBe("some");
});

test("a default value takes no space in the URL", () => {
  expect(textParameter.write("")).toEqual([]);
  expect(idParameter.write(null)).toEqual([]);
  expect(switchParameter.write(false)).toEqual([]);
  expect(timeParameter.write(null)).toEqual([]);
  expect(textsParameter.write([])).toEqual([]);
  expect(choiceParameter(["all", "some"]).write("all")).toEqual([]);
});

test.each([
  ["a missing text", textParameter, [], ""],
  ["a missing time", timeParameter, [], null],
  ["a time that is none", timeParameter, ["yesterday"], null],
  ["a switch with another word", switchParameter, ["1"], false],
  ["a choice that doesn’t exist", choiceParameter(["all", "some"]), ["none"], "all"],
  ["an unknown one among choices", choicesParameter(["a", "b"]), ["c", "b"], ["b"]],
])("%s reads as the default", (_, parameter, texts, expected) => {
  expect(parameter.read(texts)).toEqual(expected);
});
