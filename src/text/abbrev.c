/* Each list is one string of lower-case words with a space on either side of each, searched for " word ".  The
 * lists are short and asked only at a stop, hyphen or contraction, so an index would not pay. */
#include "abbrev.h"
#include "utf8.h"
#include <string.h>
#include <utf8proc.h>

enum { KEY_MAX = 40 };

/* " word " in lower case, terminated; false where the word is longer than any in the lists or holds what no
 * word of them does. */
static bool make_key(const char *word, size_t len, char key[KEY_MAX]) {
  size_t used = 1;
  key[0] = ' ';
  for (size_t at = 0; at < len;) {
    uint32_t cp;
    at += lode_utf8_next(word + at, &cp);
    if (used + 6 > KEY_MAX || cp <= ' ') return false;
    if (cp == 0x2019) cp = '\'';
    used += lode_utf8_put(cp < 0x80 ? (cp >= 'A' && cp <= 'Z' ? cp + 32 : cp)
                                    : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp),
                          key + used);
  }
  key[used] = ' ';
  key[used + 1] = 0;
  return len > 0;
}

static bool listed(const char *list, const char *word, size_t len) {
  char key[KEY_MAX];
  return make_key(word, len, key) && strstr(list, key) != NULL;
}

/* One string for each class; the languages follow one another. */
/* clang-format off */
static const char *const abbreviations[] = {
    [ABBREV_NONE] = " ",
    [ABBREV_TITLE] =
        /* en */     " mr mrs ms mx messrs dr drs prof rev revd fr hon gen lt col maj capt cpt cmdr adm sgt cpl"
                     " pvt pfc brig sen sens rep reps gov govs pres supt insp det st ste mt ft amb atty dist asst"
                     " assoc dep gens mgr msgr pte spc ald comdr "
        /* de */     " hr fr frl dipl ing hl "
        /* fr */     " mgr mme "
        /* es */     " sra srta sres dra dña lic excmo excma gral cnel "
        /* ru, uk */ " им ім м ул пл пр просп пер св акад проф доц ген гл тов гр вул бул буд кв оф "
        /* other */  " dhr mevr avv dott sig sigg skt пгт ",
    [ABBREV_INNER] =
        /* en */     " vs v e.g i.e eg ie cf ca viz approx esp incl excl resp a.k.a orig "
        /* de */     " z.b d.h u.a s.o u.ä bzw vgl bspw ggf evtl inkl exkl sog geb gest verh zzgl abzgl od u engl"
                     " griech dt franz ehem gegr allg eigtl urspr wiss zw i.d.r o.g "
        /* fr */     " c.-à-d p.ex env "
        /* es */     " p.ej aprox ee "
        /* ru, uk */ " см ср напр т.е т.н т.к тыс обл реєстр сокр букв род ум англ нем фр лат греч исп итал укр"
                     " рос яп кит т.зв тис див нар дол ",
    [ABBREV_NUMBER] =
        /* en */     " no nos p pp vol vols fig figs sec sect ch chap art arts par para eq op ed tel ext pt ver rm"
                     " b d c r fl n bk ser cap min max temp "
        /* de */     " nr bd kap abs abb s ziff jg bl str "
        /* fr, es */ " n° núm nº pág págs "
        /* ru, uk */ " ок п с ст стр т вып рис табл тел д корп кн ч арт пп розд мал ",
    [ABBREV_MONTH] =
        /* any */    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat"
                     " sun okt dez janv févr juill déc ene ago ",
    [ABBREV_FINAL] =
        /* en */     " inc corp co cos ltd llc plc bros jr sr esq al dept depts univ assn mfg mfrs intl natl govt"
                     " ave blvd rd hwy pkwy bldg apt rte ph.d ph.ds ll.b d.c u.s u.k u.n e.u misc voc eds repr pvt"
                     " gmbh "
        /* de */     " bzgl std jh jhd jhdt chr n.chr v.chr gebr "
        /* fr */     " av j.-c bd éd "
        /* es */     " ud uds vd vds ee.uu ss.aa "
        /* ru, uk */ " г в вв н.э р ",
    [ABBREV_UNIT] =
        /* en */     " etc ect a.m p.m hrs mins oz lb lbs sq tsp tbsp "
        /* de */     " usw mio mrd tsd "
        /* es */     " hab "
        /* ru, uk */ " гг др пр руб коп млн млрд долл кг км мм см чел рр т.д т.п т.ін ін грн ",
    [ABBREV_PLACE] =
        /* en */     " ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont"
                     " neb nev okla ore pa penn tenn tex va vt wash wis wyo alta ont que sask ",
};
/* clang-format on */

lode__abbrev lode__abbrev_of(const char *word, size_t len) {
  char key[KEY_MAX];
  if (!make_key(word, len, key)) return ABBREV_NONE;
  for (int i = ABBREV_TITLE; i <= ABBREV_PLACE; i++)
    if (strstr(abbreviations[i], key) != NULL) return (lode__abbrev)i;
  return ABBREV_NONE;
}

bool lode__starts_sentence(const char *word, size_t len) {
  return listed(
      /* en */
      " the a an it he she they we i you this that these those there his her its their our my your in on at by for"
      " from with without to of as if when while after before since until during although though because but and or so "
      "yet"
      " however meanwhile moreover furthermore nevertheless then now here who what where why how which whose did do "
      "does"
      " is are was were will would can could should may might must have has had not no nor yes some many most all both"
      " each every one two any another other such even just only also still perhaps maybe please let once under over"
      " about instead according despite he's she's it's they're we're i'm that's there's don't didn't "
      /* de */ " der die das er sie es wir ich ein eine im dies diese dieser dieses nach mit bei aber und auch als wenn"
      " für von zum zur sein seine ihr ihre "
      /* fr */ " le la les il elle ils elles un une ce cette ces en dans mais et pour par on nous vous "
      /* es */ " el los las lo un una este esta estos en con por para pero y su sus se no "
      /* ru, uk */ " в на он она они это но и с по из для как при его её их также вона він вони це але та у з за від до"
      " після під ",
      word, len);
}

bool lode__keeps_hyphen(const char *word, size_t len) {
  return listed(
      " anti bi co contra counter cross cyber de e eco ex extra hyper inter intra macro mega micro mid mini mis"
      " mono multi neo non pan para poly post pre pro proto pseudo quasi re semi sub supra trans tri ultra un"
      " uni vice ",
      word, len);
}

bool lode__domain_suffix(const char *word, size_t len) {
  return listed(
      " com org net edu gov mil int info biz io co uk us ca de fr es it ru ua cn jp eu au tv me html htm pdf doc"
      " docx xls xlsx ppt jpg jpeg png gif txt zip ",
      word, len);
}

bool lode__unit(const char *word, size_t len) {
  return listed(" am pm a.m p.m m k ff km cm mm kg mg lb lbs oz ft mph kph kmh km/h mb gb tb kb ghz mhz hz kw kwh mw "
                "gw hr hrs min"
                " mins sec secs yr yrs bn mn tn pp pct usd eur gbp ",
                word, len);
}

bool lode__before_ordinal(const char *word, size_t len) {
  return listed(" am der die das den dem des im vom zum zur beim bis ab seit und oder ein eine einen einem einer eines"
                " montag dienstag mittwoch donnerstag freitag samstag sonntag ",
                word, len);
}

/* Words with their first part's length.  Those that are also plain English words (ill, well, its, were,
 * shell, wed, id, lets, cant, wont) are left alone but where the spelling is far more often the contraction. */
size_t lode__contraction(const char *word, size_t len) {
  static const struct {
    const char *list;
    size_t first;
  } cuts[] = {
      {" dont isnt aint cant ", 2},
      {" cannot gonna gotta wanna gimme lemme didnt wasnt hasnt hadnt arent ", 3},
      {" doesnt werent havent thats whats wont ", 4},
      {" couldnt wouldnt shouldnt theres ", 5},
  };
  if (len < 2 || len > 8) return 0;
  char key[KEY_MAX];
  if (!make_key(word, len, key)) return 0;
  for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
    if (strstr(cuts[i].list, key) == NULL) continue;
    if (key[len] == 't' && key[len - 1] == 'n') return len - 2;
    if (key[len] == 's') return len - 1;
    return cuts[i].first;
  }
  return 0;
}
