"""異体字: older and variant forms of kanji in Japanese names, folded for matching and never for writing.

Sources: the old forms that the Joyo kanji list prints in parentheses, the old forms among the kanji permitted for
names (人名用漢字別表第二), and variants of surnames that registries allow and word processors replace (髙, 﨑, 𠮷, 邉).
Compatibility ideographs are not listed: NFKC folds them already. Some pairs are officially different characters
(斎 and 斉); people and systems mix them up, and folding too much costs a look, folding too little a second letter.
"""

from __future__ import annotations

_OLD_AND_NEW = """
髙高 﨑崎 嵜崎 碕崎 邊辺 邉辺 齋斉 齊斉 斎斉 濵浜 濱浜 澤沢 櫻桜 廣広 國国 嶋島 嶌島 德徳 惠恵 瀨瀬 眞真 龍竜 條条
藏蔵 榮栄 圓円 會会 學学 實実 壽寿 縣県 關関 豐豊 佛仏 萬万 與与 兒児 冨富 峯峰 𠮷吉 曾曽 增増 桒桑 栁柳 舘館 籔藪
薮藪 渕淵 渊淵 彌弥 黑黒 靑青 橫横 郞郎 淸清 祿禄 緖緒 靜静 顯顕 戶戸 氣気 來来 傳伝 單単 團団 圍囲 壯壮 奧奥 寫写
專専 嶽岳 巖巌 巢巣 廳庁 從従 應応 懷懐 戀恋 戰戦 拂払 拔抜 擇択 敎教 數数 斷断 晉晋 曉暁 樂楽 樣様 檜桧 步歩 歷歴
殘残 濟済 瀧滝 灣湾 爲為 狀状 獨独 甁瓶 畫画 當当 盡尽 禮礼 稻稲 穗穂 穰穣 竝並 籠篭 綠緑 縱縦 總総 繩縄 聲声 聽聴
莊荘 藝芸 藥薬 處処 號号 蟬蝉 蠣蛎 衞衛 裝装 覺覚 覽覧 觀観 譽誉 讀読 變変 賴頼 辭辞 迹跡 遙遥 遲遅 鄕郷 醫医 鐵鉄
鑛鉱 鑄鋳 鎭鎮 閒間 隨随 雜雑 靈霊 頰頬 餘余 驗験 驛駅 鷗鴎 鷄鶏 鹽塩 麥麦 麴麹 麵麺 黃黄 點点 齡齢 龜亀 桝枡 槇槙
淚涙 溫温 焰焔 煕熙 凞熙 瑤瑶 兔兎 凜凛 亙亘 堯尭 壺壷 攝摂 萠萌 盃杯 秌秋 穐秋 埜野 蘆芦 螢蛍 檢検 歸帰 沒没 淺浅
燒焼 獸獣 玆茲 祕秘 禪禅 竊窃 粹粋 舍舎 譯訳 豫予 貮弐 轉転 邨村 髮髪 鬪闘 禰祢 彥彦 俱倶 鶯鴬 萊莱 體体 躰体 臺台
峽峡 狹狭 凉涼 淨浄 舩船 𣘺橋 槗橋 吞呑 昻昂 斈学 㐂喜 桺柳 圡土 劍剣 劔剣 釼剣 逹達
"""

FOLDED = str.maketrans({pair[0]: pair[1] for pair in _OLD_AND_NEW.split()})
"""For str.translate, after NFKC."""
