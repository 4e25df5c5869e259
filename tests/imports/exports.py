"""Files as other systems write them, with people who do not exist.

Headings of HERP to エントリーポケット are those of their import sheets and exports; those of the American systems are
the names of the fields in their public documents, since everybody chooses the columns of an export there.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Export:
    """One file, and what a person would say of its first line."""

    system: str
    text: str
    encoding: str = "utf-8"
    wanted: dict[str, str] = field(default_factory=dict)
    """By heading of the candidates tab; dates as YYYY-MM-DD."""
    people: int = 2


EXPORTS = [
    Export(
        system="HERP",
        encoding="utf-8-sig",
        text="応募時刻,名前,応募経路,選考ステップ,募集職種,選考終了理由,メールアドレス\n"
        "2026/11/18 9:30,髙橋 一郎,求人媒体(スカウト),一次選考,営業職,,ichiro@example.com\n"
        "2026/11/19 18:05,﨑山 葵,エージェント,書類選考,開発職,不採用,aoi@example.com\n",
        wanted={"氏名": "髙橋 一郎", "応募日": "2026-11-18", "応募媒体": "求人媒体(スカウト)", "選考段階": "一次選考"},
    ),
    Export(
        system="HRMOS採用",
        encoding="cp932",
        text="応募ラベル,氏名,フリガナ,メールアドレス,電話番号・住所,学歴・社歴,応募日,最終の選考ステータス,判定結果入力日,備考\n"
        "新卒,田中 実,タナカ ミノル,minoru@example.com,',\"〇〇大学\n㈱△△\",2026年11月5日,不合格,2026年11月10日,'\n"
        "中途,髙木 光,タカギ ヒカリ,hikari@example.com,',',令和8年11月6日,書類選考中,,①優先\n",
        wanted={"氏名": "田中 実", "応募日": "2026-11-05", "選考結果": "不合格", "タグ": "新卒"},
    ),
    Export(
        system="HRMOS新卒",
        text="候補者ID,氏名,メールアドレス,総合評価,総合評価コメント,選考評価者\n"
        "S-0001,山本 海,kai@example.com,A,よい,面接官A\nS-0002,中村 空,sora@example.com,B,,面接官B\n",
        wanted={"氏名": "山本 海"},
    ),
    Export(
        system="Talentio",
        text="氏名,職種,チャネル,メールアドレス,候補者ステータス,応募日\n"
        "小林 凛,デザイナー,社員紹介,rin@example.com,選考中,2026-11-01\n"
        "加藤 蓮,開発職,応募ページ,ren@example.com,不採用,2026-11-02\n",
        wanted={"氏名": "小林 凛", "応募職種": "デザイナー", "応募媒体": "社員紹介", "選考結果": "選考中"},
    ),
    Export(
        system="Wantedly Hire",
        text="候補者名,募集タイトル,応募媒体名,選考ステップ名,メールアドレス,応募日時\n"
        "吉田 結,エンジニア募集,Wantedly,カジュアル面談,yui@example.com,2026-11-03 12:00:00\n"
        "渡辺 翔,エンジニア募集,Wantedly,書類選考,sho@example.com,2026-11-04 08:00:00\n",
        wanted={"氏名": "吉田 結", "応募職種": "エンジニア募集", "応募媒体": "Wantedly", "選考段階": "カジュアル面談"},
    ),
    Export(
        system="jobsuite",
        encoding="cp932",
        text="姓,名,応募ルート,選考ステップ,メールアドレス(PC),メールアドレス(携帯),電話番号\n"
        "山口,陽,自社サイト,一次面接,haru@example.com,haru@docomo.ne.jp,09012345678\n"
        "松本,樹,エージェント,辞退,itsuki@example.com,,０８０－１２３４－５６７８\n",
        wanted={"氏名": "山口 陽", "応募媒体": "自社サイト", "電話番号": "09012345678"},
    ),
    Export(
        system="talentsforce",
        encoding="utf-16",
        text="Full Name(氏名)\tEmail(メールアドレス)\tPhone Number(電話番号)\tSkills\t"
        "Position\tLanguages\tTalent Pools\n"
        "Tanaka Taro\ttaro@example.com\t+81-90-1111-2222\tPython\tBackend\tja\tPool A\n"
        "Sato Hana\thana@example.com\t+81-90-1111-3333\tGo\tBackend\ten\tPool B\n",
        wanted={"氏名": "Tanaka Taro", "応募職種": "Backend", "タグ": "Pool A", "電話番号": "+81-90-1111-2222"},
    ),
    Export(
        system="エントリーポケット",
        encoding="cp932",
        text="応募者コード,応募ID,応募者氏名,フリガナ,選考状況ステータスコード,選考状況ステータス,店舗マスタ名,電話番号,"
        "メールアドレス,媒体名,応募日時,面接日時,重複フラグ,性別,生年月日,メモ(新規)\n"
        "A001,E001,佐々木 楓,ササキ カエデ,83,不採用（辞退）,渋谷店,090-2222-3333,kaede@example.com,バイトル,"
        "2026/11/10 10:10:10,,0,,2001/01/01,\n"
        "A002,E002,斎藤 渚,サイトウ ナギサ,10,面接待ち,新宿店,090-2222-4444,nagisa@example.com,タウンワーク,"
        "2026/11/11 11:11:11,2026/11/20 15:00,0,,2002/02/02,電話済み\n",
        wanted={"氏名": "佐々木 楓", "応募職種": "渋谷店", "選考結果": "不採用（辞退）", "応募媒体": "バイトル"},
    ),
    Export(
        system="Greenhouse",
        text="Application ID,First Name,Last Name,Email,Phone,Job Name,Source,Current Stage,Status,Application Date,"
        "Rejected On,Rejection Reason\n"
        '101,Anna,Müller,anna@example.com,+49 30 123456,"Engineer, Backend",LinkedIn,Phone Screen,Rejected,11/03/2026,'
        "11/25/2026,Skills\n"
        "102,Taro,Tanaka,taro.t@example.com,+81 3-1234-5678,Sales,Referral,Offer,Active,11/14/2026,,\n",
        wanted={
            "氏名": "Anna Müller",
            "応募職種": "Engineer, Backend",
            "選考段階": "Phone Screen",
            "選考結果": "Rejected",
            "応募日": "2026-11-03",
        },
    ),
    Export(
        system="Lever",
        text="Opportunity ID,Candidate Name,Email,Phone,Posting Title,Stage,Origin,Archive Reason,"
        "Archived At,Created At\n"
        "o-1,Ben Carter,ben@example.com,,Designer,New applicant,applied,,,2026-11-05T01:02:03Z\n"
        "o-2,Chloé Dupont,chloe@example.com,,Designer,Interview,sourced,Not a fit,"
        "2026-11-20T00:00:00Z,2026-11-01T00:00:00Z\n",
        wanted={"氏名": "Ben Carter", "応募職種": "Designer", "選考段階": "New applicant", "応募日": "2026-11-05"},
    ),
    Export(
        system="Ashby",
        text="Candidate Name,Candidate Email,Job Title,Current Interview Stage,Application Status,Source,"
        "Archive Reason,Credited To,Applied Date\n"
        'Dana Lee,dana@example.com,Analyst,Onsite,Active,Inbound,,,"Nov 7, 2026"\n'
        'Eli Roy,eli@example.com,Analyst,Archived,Archived,Inbound,Underqualified,,"Oct 30, 2026"\n',
        wanted={
            "氏名": "Dana Lee",
            "応募職種": "Analyst",
            "選考段階": "Onsite",
            "選考結果": "Active",
            "応募日": "2026-11-07",
        },
    ),
    Export(
        system="Workable",
        text="Name;Email;Phone;Headline;Job;Stage;Source;Disqualified;Disqualification reason;Created at\n"
        "Finn Olsen;finn@example.com;;Engineer;Backend;Applied;Indeed;No;;13/11/2026\n"
        "Gia Rossi;gia@example.com;;Engineer;Backend;Interview;Indeed;Yes;Other;02/11/2026\n",
        wanted={"氏名": "Finn Olsen", "応募職種": "Backend", "選考段階": "Applied", "応募日": "2026-11-13"},
    ),
    Export(
        system="Teamtailor",
        text="First name,Last name,Email,Phone,Job,Stage,Applied at,Rejected at,Reject reason,Pitch,Tags\n"
        "Hugo,Berg,hugo@example.com,,Support,Inbox,2026-11-08 10:00,,,Hello,vip\n"
        "Ida,Holm,ida@example.com,,Support,Interview,2026-11-09 10:00,2026-11-22 09:00,Other,,\n",
        wanted={"氏名": "Hugo Berg", "応募職種": "Support", "応募日": "2026-11-08", "タグ": "vip"},
    ),
    Export(
        system="その他",
        encoding="cp932",
        text="記入者,面接対応者,更新日,段階,応募者氏名,電話番号,面接日程,住所,年齢,媒体名,備考\n"
        "森,西,R8.11.1,一次面接,林 美咲,03-1111-2222,11/20,東京都,30,Indeed,折り返し待ち\n"
        "森,西,R8.11.2,不採用,清水 大和,03-1111-3333,,大阪府,41,Green,\n",
        wanted={"氏名": "林 美咲", "電話番号": "03-1111-2222", "応募媒体": "Indeed", "備考": "折り返し待ち"},
    ),
]
