"""What people of three houses have written, in German, Japanese and Arabic, for these tests."""

from web_film import CUES
from web_house import Words

_SOURCES = tuple(source for _, _, source, _, _ in CUES[:8])


def _lines(*texts: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(_SOURCES, texts, strict=True))


GERMAN = Words(
    language="de",
    title="Das Leuchtfeuer von Porto Claro – Schifffahrtsgeschichten aus der Nachbarschaft",
    project="Donaudampfschifffahrtsgesellschaft",
    names=("Änne Großkreutz", "Jörg Weißenböck", "Friederike Schönfelder", "Ümit Yıldırım"),
    lines=_lines(
        "Der Hafen wird wach, ehe die Stadt es tut.",
        "Mein Großvater hütete das Feuer\neinundvierzig Jahre lang.",
        "Nicht ein einziges Mal zu spät.",
        "<i>Er sagte, das Meer führt Buch.</i>",
        "Hast du ihm denn wirklich jedes einzelne Wort geglaubt?",
        "- Ich war neun.\n- Das ist keine Antwort.",
        "Eine andere Antwort\nhatte ich nicht.",
        "Sieh nur, die Flut kommt.",
    ),
    others=(
        "Der Hafen erwacht vor der Stadt.",
        "Kein einziges Mal kam er zu spät.",
        "Mein Großvater hütete den Leuchtturm\nvierzig Jahre lang.",
    ),
    other_source="My grandfather kept the light\nfor forty years.",
    comment="Ist hier das Leuchtfeuer oder der Leuchtturm gemeint? In Folge 2 hieß es Feuer.",
    reason="Die Rechtschreibung der Eigennamen weicht von der Liste ab.",
    note="Nie „Lampe“: so heißt das Schiff",
    term=("light", "Leuchtfeuer"),
)
JAPANESE = Words(
    language="ja",
    title="ポルト・クラロの灯台守と四十一年の記録",
    project="港の灯り",
    names=("高橋 美咲", "佐藤 健太郎", "小鳥遊 結衣", "長谷川 龍之介"),
    lines=_lines(
        "港は町より先に目を覚ます",
        "祖父は四十一年間\n灯台の火を守った",
        "一度も遅れなかった",
        "<i>海は数えていると言っていた</i>",
        "祖父の言うことを何から何まで\n本当に信じていたの？",
        "－九歳だった\n－答えになってない",
        "ほかに答えは\nなかった",
        "ほら　潮が変わった",
    ),
    others=("港は町より早く起きる", "ただの一度も遅れなかった", "祖父は四十年間\n灯台を守った"),
    other_source="My grandfather kept the light\nfor forty years.",
    comment="ここは「火」でしょうか、それとも「灯台」でしょうか。第二話では「火」でした。",
    reason="固有名詞の表記が用語集と一致していません。",
    note="「ランプ」とはしない。船の名前なので",
    term=("light", "灯台の火"),
)
ARABIC = Words(
    language="ar",
    title="حارس المنارة في بورتو كلارو: حكاية واحد وأربعين عاماً",
    project="أضواء الميناء",
    names=("ليلى عبد الرحمن", "غسّان الخطيب", "نور الهدى منصور", "عبد العزيز الشامي"),
    lines=_lines(
        "يستيقظ الميناء قبل المدينة.",
        "ظلّ جدّي يحرس المنارة\nإحدى وأربعين سنة.",
        "لم يتأخّر يوماً واحداً.",
        "<i>كان يقول إنّ البحر يعدّ.</i>",
        "وهل كنت تصدّق حقاً كلّ ما كان يقوله لك عن البحر؟",
        "- كنت في التاسعة.\n- هذا ليس جواباً.",
        "لم يكن عندي\nجواب سواه.",
        "انظر، لقد تغيّر المدّ.",
    ),
    others=("يصحو الميناء قبل المدينة.", "لم يتأخّر ولا مرّة.", "ظلّ جدّي يحرس المنارة\nأربعين سنة."),
    other_source="My grandfather kept the light\nfor forty years.",
    comment="هل المقصود هنا المنارة أم نورها؟ في الحلقة الثانية (E02) قلنا «المنارة».",
    reason="كتابة أسماء الأعلام لا توافق القائمة.",
    note="لا تُكتب «مصباح»، فهو اسم السفينة",
    term=("light", "المنارة"),
)
