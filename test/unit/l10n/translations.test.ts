import assert from 'node:assert/strict';
import { problemsOf } from './check-translation.ts';
import { faulty, leftInEnglish, misnamed, missing, needless, superfluous } from './compare.ts';
import { messagesOf } from './messages.ts';
import { sameAsEnglish } from './same-as-english.ts';
import { sourceFiles } from './source-files.ts';
import {
  bundles,
  type Language,
  languageNames,
  languages,
  manifestEnglish,
  manifestTranslations,
  type Texts,
  type Translations,
  translationFiles,
} from './translations.ts';

const messages = messagesOf(sourceFiles());
const english: Texts = Object.fromEntries(messages.texts.map((text) => [text, text]));

describe('translations', () => {
  it('can be looked for: every message is a literal', () => {
    assertNone(messages.problems, 'messages that can’t be found or filled in');
  });

  it('are there for every language of ours, and for no other', () => {
    const wanted = languageNames.flatMap((name) => [
      `bundle.l10n.${name}.json`,
      `package.nls.${name}.json`,
    ]);
    assert.deepEqual(translationFiles(), wanted.sort());
  });

  for (const bundle of bundles()) {
    describe(bundle.name, () => {
      agree(bundle, english);
      it('says which language it is', () => {
        assert.equal(bundle.texts['en'], languages[bundle.language]);
      });
      it('is sorted by its keys, so that branches can be merged', () => {
        assert.deepEqual(bundle.keys, [...bundle.keys].sort());
      });
    });
  }

  const manifest = manifestEnglish();
  for (const translated of manifestTranslations()) {
    describe(translated.name, () => {
      agree(translated, manifest);
      it('has the order of the English one', () => {
        assert.deepEqual(translated.keys, Object.keys(manifest));
      });
    });
  }

  for (const language of languageNames) {
    it(`have no reason to spare why ${language} is as the English`, () => {
      const compared = [...bundles(), ...manifestTranslations()]
        .filter((translated) => translated.language === language)
        .map(({ name, texts }) => ({
          english: name.startsWith('bundle') ? english : manifest,
          texts,
        }));
      assertNone(needless(compared, sameAsEnglish[language]), 'needless reasons');
    });
  }
});

/** That a file has a good translation of each text and nothing else. */
function agree(translated: Translations, texts: Texts): void {
  const { name, language } = translated;
  it('has every text', () => {
    assertNone(missing(texts, translated), `texts that ${name} lacks`);
  });
  it('has no other text', () => {
    assertNone(superfluous(texts, translated), 'keys that nothing asks for');
  });
  it('has each as its language wants it', () => {
    assertNone(faulty(texts, translated), 'faults');
  });
  it('names the commands as the menus do', () => {
    const titles = manifestTranslations().find((each) => each.language === language)?.texts ?? {};
    const named = { english: manifestEnglish(), translated: titles };
    assertNone(misnamed(texts, translated, named), 'other names of commands');
  });
  it('leaves nothing in English without a reason', () => {
    const left = leftInEnglish(texts, translated, sameAsEnglish[language]);
    assertNone(left, 'texts that are left in English');
  });
}

/** The whole list is the message: it is what has to be done. */
function assertNone(found: readonly string[], what: string): void {
  if (found.length > 0) assert.fail(`${found.length} ${what}:\n${found.join(',\n')}`);
}

describe('a fault of a translation is seen', () => {
  const cases: readonly [Language, english: string, translated: string, problem: RegExp | null][] =
    [
      ['de', 'Stop', 'Stoppen', null],
      ['de', 'Stop', ' ', /is empty/],
      ['de', 'With {0}', 'Mit {1}', /other placeholders/],
      ['de', '{0} of {1}', '{0} von', /other placeholders/],
      ['ja', '{0} of {1}', '{1} 件中 {0} 件', null],
      ['de', '$(error) retired', 'eingestellt', /other icons/],
      ['de', 'Read `default`.', 'Lesen Sie `Standard`.', /other icons, code/],
      ['de', '[Ask](command:a.ask)', '[Fragen](command:a.fragen)', /links/],
      ['de', 'Cost: ', 'Kosten:', /blanks at its ends/],
      ['de', 'One\nTwo', 'Eins Zwei', /number of lines/],
      ['de', 'Type a question.', 'Geben Sie eine Frage ein', /ends otherwise/],
      ['ja', 'Type a question.', '質問を入力してください。', null],
      ['zh-cn', 'Delete…', '删除', /ends otherwise/],
      ['de', 'Use “{0}”', '“{0}” verwenden', /quotation marks/],
      ['de', 'Use “{0}”', '{0} verwenden', /quotation marks/],
      ['de', 'Use “{0}”', '„{0}“ verwenden', null],
      ['fr', 'The key', "L'entrée", /straight apostrophe/],
      ['fr', 'Delete…', 'Supprimer...', /three dots/],
      ['fr', 'Delete it?', 'Supprimer?', /no-break space/],
      ['fr', 'Delete it?', 'Supprimer\u00a0?', null],
      ['fr', 'As “X-Key: a”.', 'Comme «\u00a0X-Key: a\u00a0».', null],
      ['fr', 'Without / : ? "', 'Sans / : ? "', null],
    ];
  for (const [language, source, translated, problem] of cases) {
    it(`${language}: ${JSON.stringify(source)} → ${JSON.stringify(translated)}`, () => {
      const found = problemsOf(source, translated, language).join('\n');
      if (problem === null) assert.equal(found, '');
      else assert.match(found, problem);
    });
  }

  const german = (texts: Texts): Translations => ({
    name: 'a sample',
    language: 'de',
    texts,
    keys: Object.keys(texts),
  });

  it('where a text is missing, with the line to be added', () => {
    assert.deepEqual(missing({ Stop: 'Stop', Send: 'Send' }, german({ Stop: 'Stoppen' })), [
      '"Send": "Send"',
    ]);
  });
  it('where nothing asks for it', () => {
    assert.deepEqual(superfluous({ Stop: 'Stop' }, german({ Stop: 'Stoppen', Old: 'Alt' })), [
      'Old',
    ]);
  });
  it('where it is left in English', () => {
    const texts = { Stop: 'Stop', Code: 'Code' };
    assert.deepEqual(leftInEnglish(texts, german(texts), { Code: 'the same word' }), ['Stop']);
  });
  it('where it names a command otherwise than the menus', () => {
    const titles = {
      english: { 'command.a': 'Set API Key…', 'command.b': 'Stop' },
      translated: { 'command.a': 'API-Schlüssel festlegen…', 'command.b': 'Stoppen' },
    };
    const texts = {
      good: 'Set one with Claude: Set API Key….',
      bad: 'Set one with Claude: Set API Key….',
      link: '[Stop](command:stop)',
      word: 'Stop it.',
      other: 'Set API Key',
    };
    const translated = german({
      good: 'Über „Claude: API-Schlüssel festlegen…“.',
      bad: 'Über „Claude: API-Schlüssel eingeben…“.',
      link: '[Beenden](command:stop)',
      word: 'Beenden Sie es.',
      other: 'Ein Titel für sich',
    });
    assert.deepEqual(misnamed(texts, translated, titles), [
      'bad: Set API Key is API-Schlüssel festlegen',
      'link: Stop is Stoppen',
    ]);
  });
  it('where it may be English and is not', () => {
    const compared = [{ english: { Code: 'Code' }, texts: { Code: 'Quelltext' } }];
    assert.deepEqual(needless(compared, { Code: 'the same word' }), ['Code']);
  });
});
