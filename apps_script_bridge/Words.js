/** What this project says by itself; the page brings its own words along. */

const WORDS_ = {
  ja: {
    name: 'キャリアリレー',
    menu: {
      plan: '計画を見る',
      send: '送信',
      credits: 'クレジット',
      analysis: '分析',
      check: 'チェック',
      settings: '設定',
      help: 'ヘルプ',
    },
    guide: {
      title: '設定',
      first: 'はじめに',
      lead: 'このシートから通知を送るサービスのアドレスを、一度だけ設定します。管理者から受け取った https:// で始まるアドレスを貼り付けてください。',
      label: 'サービスのアドレス',
      check: '確かめて保存',
      checking: '確かめています…',
      open: '計画を見る',
      fine: 'つながりました。「{title}」を開けます。',
      kept: 'アドレスは保存しました。',
      noAddress: 'アドレスとして読めません。https://relay-….run.app のように、https:// から始まる一行を貼り付けてください。',
      failed: '確かめられませんでした。少し待ってから、もう一度お試しください。',
      factsTitle: '管理者に伝えること',
      factsLead: 'つながらないときは、次の三つを管理者に送ってください。どれも秘密ではありません。',
      person: 'あなたのアカウント',
      program: 'このスクリプトの OAuth クライアント ID',
      workbook: 'このスプレッドシートの ID',
      unknown: '（まだ分かりません）',
    },
    help: {
      title: 'ヘルプ',
      steps: [
        ['計画を見る', '誰に送るか、誰に送らないか、その理由が並びます。ここでは何も送られません。'],
        ['文面', '候補者に届くとおりの文面を、一通ずつ確かめます。送りたくない方は「外す」で外せます。'],
        ['送信', '自分あてに試し送りをしてから、通数を確かめて送ります。途中で止めても、閉じても、同じ方に二度届くことはありません。'],
        ['未確定', '届いたか分からない通知があれば、ここに並びます。送信済みフォルダなどを見て、どちらかを記録してください。'],
        ['クレジット・分析・チェック', '紹介の成果、採用の数字、シートの直すところが分かります。'],
      ],
      more: '困ったときは、メニューの「設定」の下にある三つの情報を添えて、管理者に知らせてください。',
    },
    trouble: {
      no_address: 'サービスのアドレスがまだありません。メニューの「設定」で設定してください。',
      no_token: 'Google が、あなたがどなたかを教えてくれませんでした。このシートを開き直し、もう一度メニューを選んで、求められた許可をすべて与えてください。',
      token_refused: 'サービスの入口で、サインインの証明が受け付けられませんでした(401)。管理者に、「設定」にあるクライアント ID がサービスの custom audience に入っているか、確かめてもらってください。',
      invoker_missing: 'あなたのアカウントには、サービスを呼ぶ許可がありません(403)。管理者に、サービスを使うグループに入れてもらってください。入ってから使えるまで、数分かかることがあります。',
      no_such_service: 'このアドレスにサービスがありません(404)。「設定」でアドレスを確かめてください。合っていれば、サービスの ingress の設定を管理者に確かめてもらってください。',
      service_down: 'サービスが答えられませんでした。送信の記録はシートに残っています。少し待ってから、もう一度お試しください。続くときは管理者に知らせてください。',
      redirected: 'サービスではなく、サインインの画面などへ案内されました。「設定」のアドレスが Cloud Run のものか、確かめてください。',
      not_our_service: 'このアドレスで答えたのは、キャリアリレーのサービスではありません。「設定」でアドレスを確かめてください。',
      cut_off: '答えが時間内に届きませんでした。送信の途中だったときも、送れた通知は記録されていて、同じ方に二度送られることはありません。計画を読み直してください。',
      unreachable_service: 'サービスにつながりません。「設定」のアドレスと、スクリプトの appsscript.json の urlFetchWhitelist にそのアドレスがあるかを、確かめてください。',
      too_many_requests: 'サービスが混み合っています。少し待ってから、もう一度お試しください。',
      bad_call: 'この画面は古くなっています。サイドバーを開き直してください。',
    },
  },
  en: {
    name: 'Career Relay',
    menu: {
      plan: 'See the plan',
      send: 'Send',
      credits: 'Credits',
      analysis: 'Analysis',
      check: 'Check',
      settings: 'Settings',
      help: 'Help',
    },
    guide: {
      title: 'Settings',
      first: 'Before you begin',
      lead: 'Set the address of the service that sends letters from this sheet, once. Paste the address that begins with https://, which your administrator gave you.',
      label: 'Address of the service',
      check: 'Check and save',
      checking: 'Checking…',
      open: 'See the plan',
      fine: 'Connected. “{title}” can be opened.',
      kept: 'The address is saved.',
      noAddress: 'This is no address. Paste one line that begins with https://, such as https://relay-….run.app.',
      failed: 'It could not be checked. Wait a little and try again.',
      factsTitle: 'For your administrator',
      factsLead: 'If there is no connection, send these three to your administrator. None of them is a secret.',
      person: 'Your account',
      program: 'OAuth client ID of this script',
      workbook: 'ID of this spreadsheet',
      unknown: '(not known yet)',
    },
    help: {
      title: 'Help',
      steps: [
        ['See the plan', 'Who gets a letter, who does not, and why. Nothing is sent here.'],
        ['Letters', 'Every letter as its candidate will see it, one after the other. “Take out” leaves somebody out.'],
        ['Send', 'Try it on yourself, check the number, send. You may stop or close it in the middle: nobody gets two.'],
        ['In doubt', 'Letters that may or may not have arrived. Look into your sent mail, and say which it was.'],
        ['Credits, Analysis, Check', 'What referrals earned, your hiring in numbers, and what to correct in the sheet.'],
      ],
      more: 'If something does not work, tell your administrator, with the three facts at the end of “Settings”.',
    },
    trouble: {
      no_address: 'There is no address of a service yet. Set it under “Settings” in the menu.',
      no_token: 'Google did not tell who you are. Open this sheet again, choose from the menu, and allow all that is asked for.',
      token_refused: 'The door of the service did not take the proof of your sign-in (401). Ask your administrator whether the client ID under “Settings” is a custom audience of the service.',
      invoker_missing: 'Your account may not call the service (403). Ask your administrator to put you into the group that uses it. It may take some minutes until that counts.',
      no_such_service: 'There is no service at this address (404). Check the address under “Settings”. If it is right, ask your administrator about the ingress of the service.',
      service_down: 'The service could not answer. What was sent is on record in the sheet. Wait a little and try again; if it goes on, tell your administrator.',
      redirected: 'Not the service answered, but something that leads elsewhere, such as a sign-in page. Check that the address under “Settings” is that of Cloud Run.',
      not_our_service: 'What answers at this address is not the service of Career Relay. Check the address under “Settings”.',
      cut_off: 'The answer did not come in time. If letters were leaving, those that left are on record, and nobody gets two. Read the plan again.',
      unreachable_service: 'The service cannot be reached. Check the address under “Settings”, and that it stands in urlFetchWhitelist of appsscript.json.',
      too_many_requests: 'The service is busy. Wait a little and try again.',
      bad_call: 'This page is out of date. Open the sidebar again.',
    },
  },
};

/**
 * @param {string} locale
 * @returns {(typeof WORDS_)['ja']}
 */
function wordsFor_(locale) {
  return WORDS_[languageOf_(locale)];
}
