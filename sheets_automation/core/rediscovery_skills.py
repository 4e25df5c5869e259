"""Skills under their many names: ぱいそん is Python, and セールス is 営業."""

from __future__ import annotations

import re

from sheets_automation.core.tagging_words import folded_text, is_denied

# By hand, a line a skill: the first spelling is shown. A longer spelling wins where one stands in another.
_LINES = """
Python|パイソン|Django|Flask|pandas
Java|Spring Boot|Spring
JavaScript|TypeScript|React|Vue.js|Vue|Next.js|フロントエンド
Go|Golang|Go言語
Ruby|Ruby on Rails|Rails
PHP|Laravel
C#|.NET|ASP.NET
C++|組込みC|組み込みC|C言語
Swift|iOSアプリ|iOS
Kotlin|Androidアプリ|Android
SQL|MySQL|PostgreSQL|Oracle Database|データベース|RDB
AWS|Amazon Web Services|EC2|ECS|Lambda|RDS|クラウド環境|クラウド基盤|クラウドサービス|Azure|GCP
Kubernetes|Docker|コンテナ|k8s
インフラ|サーバー|サーバ|ネットワーク|Linux|VPN|ルーター
データ分析|統計解析|機械学習|データサイエンス|BIツール|Tableau
プロジェクト管理|プロジェクトマネジメント|PM経験|PMO|PMP|進行管理
要件定義|上流工程|基本設計|要求分析
テスト自動化|自動テスト|QA|Selenium|CI|GitHub Actions|回帰試験
情報セキュリティ|セキュリティ|脆弱性|SOC|ISMS|EDR
ヘルプデスク|社内SE|情シス|キッティング
機械設計|機構設計|筐体設計|治具設計
CAD|SolidWorks|AutoCAD|CATIA|三次元CAD|3D CAD
電気設計|回路設計|基板設計
PLC|シーケンス制御|ラダー図|ラダー
生産管理|生産計画|工程管理|日程計画|MRP|納期管理
品質管理|品質保証|QC検定|QC|ISO9001|なぜなぜ分析|不良分析|検査
生産技術|工程改善|工程設計|ライン立ち上げ|ライン立上げ|新ライン|量産立ち上げ
保全|設備保全|設備メンテナンス|機械保全|故障対応
溶接|アーク溶接
NC旋盤|旋盤|マシニング|MC加工|切削加工
施工管理|現場監督|施工管理技士
建築設計|意匠設計|建築士
電気工事|電気工事士|電工
法人営業|法人のお客様|法人顧客|提案営業|BtoB営業|B2B営業|企業向け営業|ソリューション営業|法人向け
新規開拓|新規顧客|顧客開拓|販路開拓|販路拡大|新規営業|飛び込み|テレアポ|アウトバウンド
個人営業|反響営業|BtoC営業|リテール営業
ルート営業|ルートセールス|既存顧客|深耕|代理店営業
インサイドセールス|SDR|架電
カスタマーサクセス|導入支援|オンボーディング
カスタマーサポート|コールセンター|問い合わせ対応|お客様対応
マーケティング|販促|プロモーション|売場づくり
Web広告|リスティング|広告運用|Google 広告|SNS広告
SEO|コンテンツマーケ|オウンドメディア
SNS運用|Instagram運用|SNSアカウント
商品企画|MD|マーチャンダイジング|商品開発
広報|PR|プレスリリース|メディア対応
経理|仕訳|記帳|経理事務
決算|月次決算|年次決算|連結決算|四半期決算
簿記|日商簿記
税務|税務申告|法人税|消費税申告
財務|資金繰り|資金調達|銀行折衝
債権管理|売掛|与信|入金消込
原価計算|原価管理|管理会計|予実管理
人事|HR
採用|リクルーティング|中途採用|新卒採用|母集団形成
労務|給与計算|社会保険|社保手続
人材育成|研修|新人教育|社員教育|スタッフ教育
総務|庶務|オフィス管理|ファシリティ
法務|契約書|契約審査|コンプライアンス
知的財産|特許|知財
秘書|役員秘書|スケジュール調整
一般事務|データ入力|営業事務|受発注|受注処理
貿易事務|輸出入|通関|インボイス作成|船積
購買|調達|バイヤー|仕入
物流|倉庫管理|WMS|出荷
在庫管理|在庫|棚卸|発注
配車|運行管理|運行管理者
フォークリフト|フォーク免許
大型免許|中型免許|トラック|ドライバー
看護師|看護|正看
介護|介護福祉士|ヘルパー|ケアマネ|ケアマネジャー
医療事務|レセプト|診療報酬
薬剤師|調剤
保育士|保育
接客|ホールスタッフ|レジ
販売|アパレル販売|ショップスタッフ
店長|店舗運営|店舗管理|店舗売上|エリアマネージャー|SV
調理|キッチン|調理師
Webデザイン|UIデザイン|UXデザイン|UI/UX|Figma
グラフィックデザイン|DTP|Illustrator|Photoshop
動画編集|Premiere|映像制作
ライティング|編集|校正|執筆
英語|TOEIC|英会話|ビジネス英語|英文メール
中国語|HSK|北京語
マネジメント|チームリーダー|リーダー経験|課長|部下|管理職|メンバー指導|メンバー育成|目標管理|組織運営
Excel|VBA|マクロ|VLOOKUP|ピボットテーブル
Salesforce|CRM|SFA|セールスフォース
SAP|ERP|基幹システム導入
コンサルティング|業務改善|BPR
宅建|宅地建物取引士|不動産売買|賃貸仲介
保険|損保|生保|FP|ファイナンシャルプランナー
半導体|半導体製造|成膜|エッチング
化学分析|HPLC|ガスクロ|機器分析
食品衛生|HACCP|衛生管理|衛生点検|食品製造
"""
_OF = re.compile(r"(?<=[一-鿿])ノ(?=[一-鿿])")
_SKILL: dict[str, str] = {
    _OF.sub("", folded_text(name)): line.split("|")[0]
    for line in _LINES.strip().splitlines()
    for name in line.split("|")
}


def _one_of(names: list[str]) -> re.Pattern[str]:
    """Latin names as whole words, Japanese ones anywhere; of two that begin alike, the longer one.

    Each branch begins with a plain character, so that most places of a text are passed over without a try.
    """
    by_first: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        by_first.setdefault(name[0], []).append(_rest(name))
    return re.compile("|".join(f"{_first(one)}(?:{'|'.join(rests)})" for one, rests in by_first.items()))


def _first(character: str) -> str:
    is_latin = character.isascii() and character.isalnum()
    return f"{character}(?<![a-z0-9]{character})" if is_latin else re.escape(character)


def _rest(name: str) -> str:
    after = r"(?![a-z0-9+#])" if name[-1].isascii() else ""
    return re.escape(name[1:]).replace(r"\ ", r"\s?") + after


_ANY = _one_of(list(_SKILL))


def skills_in(text: str) -> frozenset[str]:
    """The skills that a folded text speaks of and does not deny; 工程の改善 is 工程改善."""
    text = _OF.sub("", text)
    found = _ANY.finditer(text)
    return frozenset(_named(one[0]) for one in found if not is_denied(text, one.end()))


def _named(spelling: str) -> str:
    if spelling not in _SKILL:  # a blank was left out, as in springboot
        spelling = next(name for name in _SKILL if name.replace(" ", "") == spelling.replace(" ", ""))
    return _SKILL[spelling]
