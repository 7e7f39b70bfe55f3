import { expect, it } from 'vitest';
import { readDist } from './dist.js';
import { KUBERNETES_VERSIONS } from './kubernetes-schemas.js';
import { draw, plant, randomFrom, spots } from './planted.js';
import { schemaProblems } from './validate.js';

const COUNT = 50;

it('catches an unknown field at 50 random places, 50 times', () => {
  const seed = Number(process.env.BERTH_SEED ?? Date.now() % 2 ** 31);
  const places = draw(spots(readDist().flatMap(({ objects }) => objects)), COUNT, randomFrom(seed));
  const kinds = new Set(places.map(({ object }) => object.kind));
  const depths = places.map(({ path }) => path.length);
  console.log(
    `seed ${seed} (BERTH_SEED repeats it): ${kinds.size} kinds, depths ${Math.min(...depths)} to ${Math.max(...depths)}`,
  );

  const missed = places.flatMap((place, index) => {
    const field = `notAField${index}`;
    return KUBERNETES_VERSIONS.filter(
      (version) =>
        !schemaProblems(version, plant(place, field)).some((problem) => problem.includes(`'${field}'`)),
    ).map((version) => `${place.object.kind}/${place.path.join('/')} on ${version}`);
  });
  expect(missed).toEqual([]);
  expect(places).toHaveLength(COUNT);
});
