<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>ActionPanel</name>
    <message>
        <source>Leave it  Esc</source>
        <translation>不办了  Esc</translation>
    </message>
</context>
<context>
    <name>ApartLines</name>
    <message>
        <source>Set apart</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>Set apart: {n}</source>
        <translation>已搁置：{n}</translation>
    </message>
</context>
<context>
    <name>ArticlePopover</name>
    <message>
        <source>Text of the article</source>
        <translation>条文内容</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
    <message>
        <source>In the law library  Ctrl+B</source>
        <translation>在法规库中查看  Ctrl+B</translation>
    </message>
    <message>
        <source>Text not installed. An administrator installs it with: window-app statutes import</source>
        <translation>原文未安装。管理员可用 window-app statutes import 导入法规全文。</translation>
    </message>
    <message>
        <source>Cited from memory, not yet compared with the official text.</source>
        <translation>此引用尚未与正式文本核对。</translation>
    </message>
</context>
<context>
    <name>ArticleReader</name>
    <message>
        <source>Article before  Ctrl+PgUp</source>
        <translation>上一条  Ctrl+PgUp</translation>
    </message>
    <message>
        <source>Article after  Ctrl+PgDown</source>
        <translation>下一条  Ctrl+PgDown</translation>
    </message>
    <message>
        <source>Print extract  F6</source>
        <translation>打印摘录  F6</translation>
    </message>
    <message>
        <source>Save extract  Ctrl+S</source>
        <translation>保存摘录  Ctrl+S</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Only an excerpt of this law is installed: articles may be missing in between.</source>
        <translation>本机安装的是该法规的节录，前后条文之间可能有缺漏。</translation>
    </message>
    <message>
        <source>Simulated printer: {job}</source>
        <translation>模拟打印机：{job}</translation>
    </message>
    <message>
        <source>Sent to the printer: {job}</source>
        <translation>已送打印机：{job}</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
</context>
<context>
    <name>AskBox</name>
    <message>
        <source>Why this is asked: {why}</source>
        <translation>为什么问：{why}</translation>
    </message>
    <message>
        <source>for example 2026-08-01</source>
        <translation>如 2026-08-01</translation>
    </message>
    <message>
        <source>for example 3 months: P3M or 3个月</source>
        <translation>如 3个月、1年2个月</translation>
    </message>
    <message>
        <source>yuan, for example 25500.00</source>
        <translation>元，如 25500.00</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
</context>
<context>
    <name>AttachPanel</name>
    <message>
        <source>Attach files to this case</source>
        <translation>给这一件附上文件</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>附上</translation>
    </message>
    <message>
        <source>Choose the material.</source>
        <translation>请选择是哪份材料。</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>材料</translation>
    </message>
</context>
<context>
    <name>Attaching</name>
    <message>
        <source>Attach files</source>
        <translation>选择要附上的文件</translation>
    </message>
    <message>
        <source>Scans and photos ({suffixes})</source>
        <translation>扫描件和照片 ({suffixes})</translation>
    </message>
    <message>
        <source>pasted picture {time}.png</source>
        <translation>粘贴的图片 {time}.png</translation>
    </message>
    <message>
        <source>Looking into {name} …</source>
        <translation>正在检查 {name} …</translation>
    </message>
</context>
<context>
    <name>AttachmentLine</name>
    <message>
        <source>{n} pages</source>
        <translation>{n} 页</translation>
    </message>
    <message>
        <source>Look  Enter</source>
        <translation>查看  Enter</translation>
    </message>
    <message>
        <source>Take away  Del</source>
        <translation>移除  Del</translation>
    </message>
    <message>
        <source>Withdraw  Del</source>
        <translation>撤下  Del</translation>
    </message>
</context>
<context>
    <name>AttachmentPreview</name>
    <message>
        <source>page {page} of {count}</source>
        <translation>第 {page} 页，共 {count} 页</translation>
    </message>
    <message>
        <source>Previous  PgUp</source>
        <translation>上一页  PgUp</translation>
    </message>
    <message>
        <source>Next  PgDn</source>
        <translation>下一页  PgDn</translation>
    </message>
    <message>
        <source>Smaller  −</source>
        <translation>缩小  −</translation>
    </message>
    <message>
        <source>Larger  +</source>
        <translation>放大  +</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
</context>
<context>
    <name>CalculatorPanel</name>
    <message>
        <source>Rounding: {rule}</source>
        <translation>舍入规则：{rule}</translation>
    </message>
    <message>
        <source>empty: today</source>
        <translation>空着为今天</translation>
    </message>
    <message>
        <source>{amount} yuan</source>
        <translation>{amount} 元</translation>
    </message>
    <message>
        <source>Nothing is owed by these data.</source>
        <translation>按这些数据没有应付的数额。</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不能得出</translation>
    </message>
    <message>
        <source>      … {n} parts in all</source>
        <translation>      ……共 {n} 段</translation>
    </message>
    <message>
        <source> (recalled)</source>
        <translation>（凭记忆，待核对）</translation>
    </message>
    <message>
        <source>{first} … {last}, {n} parts, each {reckoned}</source>
        <translation>{first} …… {last}，共 {n} 段，每段 {reckoned}</translation>
    </message>
    <message>
        <source>Calculator</source>
        <translation>计算器</translation>
    </message>
    <message>
        <source>Put the amount in  {key}</source>
        <translation>填入金额  {key}</translation>
    </message>
    <message>
        <source>Leave it  Esc</source>
        <translation>不填  Esc</translation>
    </message>
</context>
<context>
    <name>CaseActions</name>
    <message>
        <source>Take over  F5</source>
        <translation>接收  F5</translation>
    </message>
    <message>
        <source>Decide  Ctrl+D</source>
        <translation>作出决定  Ctrl+D</translation>
    </message>
    <message>
        <source>Return to be completed  Ctrl+R</source>
        <translation>退回补正  Ctrl+R</translation>
    </message>
    <message>
        <source>Claim  Ctrl+K</source>
        <translation>认领  Ctrl+K</translation>
    </message>
    <message>
        <source>Papers completed  Ctrl+M</source>
        <translation>材料补齐  Ctrl+M</translation>
    </message>
    <message>
        <source>Correct an entry  Ctrl+E</source>
        <translation>更正内容  Ctrl+E</translation>
    </message>
    <message>
        <source>Fetch the content  Ctrl+G</source>
        <translation>调取内容  Ctrl+G</translation>
    </message>
    <message>
        <source>Issue a paper  Alt+I</source>
        <translation>出具文书  Alt+I</translation>
    </message>
    <message>
        <source>Application  Alt+A</source>
        <translation>申请书  Alt+A</translation>
    </message>
    <message>
        <source>A set of the papers  Alt+S</source>
        <translation>成套文书  Alt+S</translation>
    </message>
    <message>
        <source>Note something due  Ctrl+W</source>
        <translation>登记待办  Ctrl+W</translation>
    </message>
    <message>
        <source>Release  Ctrl+K</source>
        <translation>放回  Ctrl+K</translation>
    </message>
    <message>
        <source>Released.</source>
        <translation>已放回。</translation>
    </message>
    <message>
        <source>You have claimed this case; others see it.</source>
        <translation>已由您认领，其他人看得到。</translation>
    </message>
    <message>
        <source>Corrected; both the old and the new value stay on record.</source>
        <translation>已更正；原值和新值都留有记录。</translation>
    </message>
    <message>
        <source>On record; the limit of the answer runs from today.</source>
        <translation>已登记；答复期限从今天起重新计算。</translation>
    </message>
    <message>
        <source>Noted; it stands in your list of what is due.</source>
        <translation>已登记，列入您的待办。</translation>
    </message>
    <message>
        <source>Settled.</source>
        <translation>已处理。</translation>
    </message>
    <message>
        <source>✓ Fetched; the reading is on record at the centre.</source>
        <translation>✓ 已调取；本次调取已在中心库记录。</translation>
    </message>
    <message>
        <source>The centre has no content of this case that may be read here.</source>
        <translation>中心库没有可供本机查看的本案内容。</translation>
    </message>
</context>
<context>
    <name>CaseAttachments</name>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Attach a file  Ctrl+O</source>
        <translation>附上文件  Ctrl+O</translation>
    </message>
    <message>
        <source>content not fetched</source>
        <translation>内容未取回</translation>
    </message>
    <message>
        <source>at the centre</source>
        <translation>在中心，查看时取回</translation>
    </message>
    <message>
        <source>✕ Fetch the content of this case first.</source>
        <translation>✕ 请先取回这一件的内容。</translation>
    </message>
    <message>
        <source>This file was withdrawn and no longer counts. Enter once more shows it.</source>
        <translation>这个文件已经撤下，不再作为材料。仍要查看的，请再按一次 Enter。</translation>
    </message>
    <message>
        <source>Fetching from the centre: {held} of {whole} …</source>
        <translation>正在从中心取回：{held}／{whole} …</translation>
    </message>
</context>
<context>
    <name>CaseIssuing</name>
    <message>
        <source>{title} stands below among the papers.</source>
        <translation>{title}已列在下方文书中。</translation>
    </message>
    <message>
        <source>{title} is on record; it stands below among the papers.</source>
        <translation>{title}已记录在案，列在下面的文书里。</translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>What was taken in</source>
        <translation>收件内容</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>This machine does not know that number.</source>
        <translation>本机没有这个编号的办件。请核对编号，或按 F3 用姓名查找。</translation>
    </message>
    <message>
        <source>What is due</source>
        <translation>待办</translation>
    </message>
</context>
<context>
    <name>CasesScreen</name>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>{n} cases</source>
        <translation>共 {n} 件</translation>
    </message>
    <message>
        <source>No case has been taken in here yet.</source>
        <translation>这里还没有收过件。收件后会列在这里。</translation>
    </message>
</context>
<context>
    <name>ClaimPanel</name>
    <message>
        <source>Claimed in all: {amount} yuan</source>
        <translation>请求合计：{amount} 元</translation>
    </message>
    <message>
        <source>{n} without an amount</source>
        <translation>{n} 项没有金额</translation>
    </message>
    <message>
        <source>Choose what is claimed first; the calculator follows from it.</source>
        <translation>请先选择请求事项，再计算。</translation>
    </message>
    <message>
        <source>There is no calculator for this kind of claim; please type the amount.</source>
        <translation>这类请求没有计算器，请直接填写金额。</translation>
    </message>
    <message>
        <source>Calculated ({title}): {amount} yuan</source>
        <translation>计算得（{title}）：{amount} 元</translation>
    </message>
    <message>
        <source>; claimed {claimed}, a difference of {difference}</source>
        <translation>；请求 {claimed} 元，相差 {difference} 元</translation>
    </message>
    <message>
        <source>Calculate…  {key}</source>
        <translation>计算……  {key}</translation>
    </message>
    <message>
        <source>Why it differs (kept on record)</source>
        <translation>与计算数不同的理由（记录在案）</translation>
    </message>
</context>
<context>
    <name>ClosingScreen</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Made anew each time: a day may go on after it was printed.</source>
        <translation>每次按当时情况重新生成，打印后当日仍可继续办理。</translation>
    </message>
    <message>
        <source>Closing sheet</source>
        <translation>日结单</translation>
    </message>
    <message>
        <source>Taken in {cases} · voided {voided}</source>
        <translation>收件 {cases} 件 · 作废 {voided} 件</translation>
    </message>
    <message>
        <source>papers {papers}, handed over {confirmed}, reprints {reprints}</source>
        <translation>出具文书 {papers} 份，已交付 {confirmed} 份，补打 {reprints} 次</translation>
    </message>
    <message>
        <source>Papers that wait to be printed or confirmed: {n}</source>
        <translation>待打印或待确认的文书：{n} 份</translation>
    </message>
    <message>
        <source>Not yet at the centre: {n}</source>
        <translation>未送达中心库：{n} 条</translation>
    </message>
    <message>
        <source>Visits put aside: {n}</source>
        <translation>暂存的来访：{n} 件</translation>
    </message>
    <message>
        <source>Due today or overdue: {n}</source>
        <translation>今天到期或已逾期的待办：{n} 项</translation>
    </message>
    <message>
        <source>Outage forms neither used nor voided: {n}</source>
        <translation>未使用也未作废的应急表：{n} 份</translation>
    </message>
    <message>
        <source>Nothing is open.</source>
        <translation>没有遗留事项。</translation>
    </message>
    <message>
        <source>Nothing was taken in on this day.</source>
        <translation>当日没有收件。</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Enter counts another day</source>
        <translation>改日期后按 Enter 统计</translation>
    </message>
    <message>
        <source>End of the day</source>
        <translation>日结</translation>
    </message>
    <message>
        <source>Still open now</source>
        <translation>目前遗留事项</translation>
    </message>
</context>
<context>
    <name>CommitmentCard</name>
    <message>
        <source>Commitment: next step  {key}</source>
        <translation>承诺：下一步  {key}</translation>
    </message>
    <message>
        <source>Issue the papers of this  {key}</source>
        <translation>出具文书  {key}</translation>
    </message>
    <message>
        <source>Withdraw a commitment  {key}</source>
        <translation>撤回承诺  {key}</translation>
    </message>
    <message>
        <source>Commitments in place of certificates</source>
        <translation>告知承诺（代替证明）</translation>
    </message>
</context>
<context>
    <name>CommitmentPanel</name>
    <message>
        <source>1  Commit in writing</source>
        <translation>1  书面承诺</translation>
    </message>
    <message>
        <source>2  Bring the certificate</source>
        <translation>2  提交证明</translation>
    </message>
    <message>
        <source>0  Take the choice back</source>
        <translation>0  收回选择</translation>
    </message>
    <message>
        <source>6  Print the reasons for the visitor</source>
        <translation>6  打印不适用告知单</translation>
    </message>
    <message>
        <source>In place of: {certificate}</source>
        <translation>代替：{certificate}</translation>
    </message>
    <message>
        <source>issued by: {authority}</source>
        <translation>出具单位：{authority}</translation>
    </message>
    <message>
        <source>Article: {articles}</source>
        <translation>依据：{articles}</translation>
    </message>
    <message>
        <source>What helps: {repair}</source>
        <translation>解决办法：{repair}</translation>
    </message>
    <message>
        <source>Notice and commitment, as they will be signed  (PgDn reads on)</source>
        <translation>告知书和承诺书全文（将要签署的文本，按 PgDn 往下读）</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>收起  Esc</translation>
    </message>
    <message>
        <source>The choice is the applicant&apos;s own: nobody has to commit, nobody may ask her to.</source>
        <translation>由申请人自主选择：不必须承诺，窗口不得要求承诺。</translation>
    </message>
    <message>
        <source>Commitment</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Put on record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Choose what is done.</source>
        <translation>请选择。</translation>
    </message>
    <message>
        <source>Choose which one.</source>
        <translation>请选择是哪一项承诺。</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>要做什么</translation>
    </message>
    <message>
        <source>Write it down in a sentence.</source>
        <translation>请用一句话写明。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>How it was verified</source>
        <translation>核查方式</translation>
    </message>
    <message>
        <source>What was looked at</source>
        <translation>查看了什么</translation>
    </message>
    <message>
        <source>What was found, where it is false</source>
        <translation>不实的，查明的事实</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>What the person stated</source>
        <translation>陈述、申辩的内容</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>a day, or +5 for the fifth working day</source>
        <translation>日期，或 +5 表示第五个工作日</translation>
    </message>
    <message>
        <source>The person may speak until</source>
        <translation>可以陈述申辩到</translation>
    </message>
    <message>
        <source>Name the day.</source>
        <translation>请写明日期。</translation>
    </message>
    <message>
        <source>To be put right by</source>
        <translation>整改期限</translation>
    </message>
    <message>
        <source>Amount to be recovered, in yuan</source>
        <translation>追回金额（元）</translation>
    </message>
    <message>
        <source>Enter the person in the list</source>
        <translation>列入名单</translation>
    </message>
    <message>
        <source>What the person objects</source>
        <translation>异议内容</translation>
    </message>
    <message>
        <source>How it was put right</source>
        <translation>改正情况</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核查</translation>
    </message>
    <message>
        <source>The office verifies by itself. The applicant is not asked for any further paper.</source>
        <translation>核查由本机关自行进行，不得要求申请人再提交任何证明材料。</translation>
    </message>
    <message>
        <source>Tell what is meant, and until when to speak</source>
        <translation>告知拟作处理和陈述申辩期限</translation>
    </message>
    <message>
        <source>Facts, reasons and ground are told first; nothing is decided before she is heard.</source>
        <translation>先告知事实、理由和依据；听取陈述、申辩之前不作出不利的决定。</translation>
    </message>
    <message>
        <source>Hear the person</source>
        <translation>听取陈述申辩</translation>
    </message>
    <message>
        <source>Whatever is stated makes nothing worse for her.</source>
        <translation>不因陈述、申辩加重处理。</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>作出决定</translation>
    </message>
    <message>
        <source>An objection to the decision came</source>
        <translation>收到对决定的异议</translation>
    </message>
    <message>
        <source>Decide on the objection</source>
        <translation>处理异议</translation>
    </message>
    <message>
        <source>It was put right: repair</source>
        <translation>已经改正：信用修复</translation>
    </message>
    <message>
        <source>From the next contact on every counter takes her commitments again.</source>
        <translation>各窗口下次联网以后，可以重新选择告知承诺。</translation>
    </message>
    <message>
        <source>You verified this one: a colleague who did not decides.</source>
        <translation>这项承诺由您核查，请由没有参加核查的同事作出决定。</translation>
    </message>
    <message>
        <source>The person was not heard yet: nothing but “it stands” can be decided now.</source>
        <translation>还没有听取陈述申辩：现在只能决定“承诺有效”。</translation>
    </message>
    <message>
        <source>You made this decision: a colleague decides on the objection.</source>
        <translation>原决定由您作出，请由其他同事处理异议。</translation>
    </message>
</context>
<context>
    <name>CommitmentSigner</name>
    <message>
        <source>Who signs? Nobody may sign for the applicant but a guardian.</source>
        <translation>由谁签名？除法定监护人外，任何人不得代为承诺。</translation>
    </message>
    <message>
        <source>the applicant in person</source>
        <translation>申请人本人</translation>
    </message>
    <message>
        <source>the applicant&apos;s guardian</source>
        <translation>法定监护人</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>cannot write</source>
        <translation>没有书写能力</translation>
    </message>
    <message>
        <source>has no legal capacity</source>
        <translation>无民事行为能力</translation>
    </message>
    <message>
        <source>The applicant</source>
        <translation>申请人情况</translation>
    </message>
    <message>
        <source>Guardian&apos;s name</source>
        <translation>监护人姓名</translation>
    </message>
    <message>
        <source>Guardian of the applicant as</source>
        <translation>与申请人的关系</translation>
    </message>
    <message>
        <source>Guardian&apos;s identity number</source>
        <translation>监护人身份证件号码</translation>
    </message>
</context>
<context>
    <name>CommitmentSigning</name>
    <message>
        <source>6  Print both to sign on paper</source>
        <translation>6  打印告知书、承诺书签名</translation>
    </message>
    <message>
        <source>7  It was signed on paper</source>
        <translation>7  已在纸上签名</translation>
    </message>
    <message>
        <source>8  Sign on the screen</source>
        <translation>8  在屏幕上签名</translation>
    </message>
    <message>
        <source>8  Sign anew on the screen</source>
        <translation>8  重新在屏幕上签名</translation>
    </message>
    <message>
        <source>Not signed yet: on the printed pair, or on the screen.</source>
        <translation>还没有签名：可以在打印的文书上签，也可以在屏幕上签。</translation>
    </message>
    <message>
        <source>△ {signed} It does not count for what stands here now.</source>
        <translation>△ {signed}文书内容已经改变，该签名不再有效，请重新签名。</translation>
    </message>
</context>
<context>
    <name>CompletionPanel</name>
    <message>
        <source>Papers completed</source>
        <translation>材料补齐</translation>
    </message>
    <message>
        <source>Everything is here</source>
        <translation>确认已补齐</translation>
    </message>
    <message>
        <source>Confirm only when everything that was missing is here: the limit of the answer begins anew.</source>
        <translation>缺的材料全部交齐后再确认：答复期限从今天起重新计算。</translation>
    </message>
    <message>
        <source>and {n} more, see the notice</source>
        <translation>另有 {n} 处，见一次性告知书</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>Settle  Ctrl+T</source>
        <translation>处理  Ctrl+T</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>待处理冲突</translation>
    </message>
    <message>
        <source>stands (first)</source>
        <translation>现行 (先改)</translation>
    </message>
    <message>
        <source>other value</source>
        <translation>另一个值</translation>
    </message>
</context>
<context>
    <name>ConflictsScreen</name>
    <message>
        <source>To settle</source>
        <translation>待处理冲突</translation>
    </message>
    <message>
        <source>Two people changed the same entry from the same state. The first change stands until somebody settles it: Enter opens the case.</source>
        <translation>两人在同一基础上改了同一项内容。有人处理之前，以先改的为准。按 Enter 打开办件处理。</translation>
    </message>
    <message>
        <source>{n} cases</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>Nothing is to be settled.</source>
        <translation>没有待处理的冲突。</translation>
    </message>
</context>
<context>
    <name>CorrectionPanel</name>
    <message>
        <source>Correct an entry</source>
        <translation>更正内容</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>The old value stays on record. If somebody else has changed it meanwhile, both are shown.</source>
        <translation>原值留有记录。如果别人同时也改了这一项，两个值都会列出，由人处理。</translation>
    </message>
    <message>
        <source>Whose entry</source>
        <translation>哪一个人</translation>
    </message>
    <message>
        <source>name, or the end of a number</source>
        <translation>姓名，或者号码末几位</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>哪一项</translation>
    </message>
    <message>
        <source>Choose the entry.</source>
        <translation>请选择要更正的项目。</translation>
    </message>
    <message>
        <source>Right value</source>
        <translation>正确内容</translation>
    </message>
    <message>
        <source>Give the right value.</source>
        <translation>请填写正确内容。</translation>
    </message>
    <message>
        <source>Choose the right value.</source>
        <translation>请选择正确内容。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Give the reason in a sentence.</source>
        <translation>请用一句话写明理由。</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Decide</source>
        <translation>作出决定</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Choose what is decided.</source>
        <translation>请选择决定。</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>法定情形</translation>
    </message>
    <message>
        <source>Choose the ground in the law.</source>
        <translation>请选择法定情形。</translation>
    </message>
    <message>
        <source>To which office</source>
        <translation>移送到</translation>
    </message>
    <message>
        <source>Choose the office that it goes to.</source>
        <translation>请选择接收机构。</translation>
    </message>
    <message>
        <source>Reason and remarks</source>
        <translation>理由或说明</translation>
    </message>
</context>
<context>
    <name>DemoBar</name>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>The line is cut: taking in goes on, nothing is lost; mend it and see it go out.</source>
        <translation>线路已切断：照常收件，不会丢失；接通后自动上传。</translation>
    </message>
    <message>
        <source>Made-up people and cases; centre, counters and offices all run on this machine.</source>
        <translation>人物和办件都是虚构的；中心库、窗口和承办机构都在本机运行。</translation>
    </message>
    <message>
        <source>Mend the line  F11</source>
        <translation>接通线路  F11</translation>
    </message>
    <message>
        <source>Cut the line  F11</source>
        <translation>切断线路  F11</translation>
    </message>
</context>
<context>
    <name>DeskShell</name>
    <message>
        <source>Put aside</source>
        <translation>暂存</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>来件</translation>
    </message>
    <message>
        <source>Reception</source>
        <translation>接待</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法规</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>日结</translation>
    </message>
</context>
<context>
    <name>DirectoryPanel</name>
    <message>
        <source>Employer directory  Ctrl+F</source>
        <translation>单位名录  Ctrl+F</translation>
    </message>
    <message>
        <source>part of the name · pinyin initials · credit code</source>
        <translation>名称的一部分 · 拼音首字母 · 统一社会信用代码</translation>
    </message>
    <message>
        <source>Look up an employer</source>
        <translation>查找单位</translation>
    </message>
    <message>
        <source>Employers found</source>
        <translation>找到的单位</translation>
    </message>
    <message>
        <source>There is no directory on this machine yet: Settings takes one in from a file.</source>
        <translation>本机还没有单位名录，可以在“设置”里从文件导入。</translation>
    </message>
    <message>
        <source>↑ ↓ choose, Enter takes it over, Esc leaves; {n} employers</source>
        <translation>↑ ↓ 选择，Enter 填入，Esc 返回；名录共 {n} 家</translation>
    </message>
    <message>
        <source>Nothing found for “{text}” among {n} employers.</source>
        <translation>名录 {n} 家中没有找到“{text}”。</translation>
    </message>
</context>
<context>
    <name>DraftsScreen</name>
    <message>
        <source>Visitor</source>
        <translation>来访人</translation>
    </message>
    <message>
        <source>Matters</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>With</source>
        <translation>经办</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最后改动</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>暂存</translation>
    </message>
    <message>
        <source>Hand over  Ctrl+H</source>
        <translation>转交  Ctrl+H</translation>
    </message>
    <message>
        <source>Enter takes a visit up again · Delete discards it</source>
        <translation>Enter 继续办理 · Delete 删除</translation>
    </message>
    <message>
        <source>No visit is waiting. A visit that you put aside with F4 stays here until you take it up.</source>
        <translation>没有暂存的来访。按 F4 暂存的来访会留在这里，随时可继续。</translation>
    </message>
    <message>
        <source>F2 new visit</source>
        <translation>F2 新来访</translation>
    </message>
    <message>
        <source>This visit is with {name}. Take it up yourself? That goes on record.</source>
        <translation>这件来访由{name}经办。由您接手吗？接手会留有记录。</translation>
    </message>
    <message>
        <source>1  Leave it</source>
        <translation>1  不接手</translation>
    </message>
    <message>
        <source>2  Take it up</source>
        <translation>2  接手办理</translation>
    </message>
    <message>
        <source>Remark: {text}</source>
        <translation>转交说明：{text}</translation>
    </message>
    <message>
        <source>handed to you by {name}</source>
        <translation>{name}转交给您</translation>
    </message>
</context>
<context>
    <name>DueScreen</name>
    <message>
        <source>What is due</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>1  Mine</source>
        <translation>1  我的</translation>
    </message>
    <message>
        <source>2  All</source>
        <translation>2  全部</translation>
    </message>
    <message>
        <source>Settle  F5</source>
        <translation>办结  F5</translation>
    </message>
    <message>
        <source>Another date  Ctrl+R</source>
        <translation>改期  Ctrl+R</translation>
    </message>
    <message>
        <source>Hand on  Ctrl+H</source>
        <translation>转交  Ctrl+H</translation>
    </message>
    <message>
        <source>Open  Enter</source>
        <translation>打开  Enter</translation>
    </message>
    <message>
        <source>Nothing is due. Ctrl+W on a case or a visit notes something.</source>
        <translation>没有待办。在案件或者来访页面按 Ctrl+W 登记待办。</translation>
    </message>
    <message>
        <source>By when</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>About</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Who sees to it</source>
        <translation>经办</translation>
    </message>
</context>
<context>
    <name>DueSettlePanel</name>
    <message>
        <source>Settle</source>
        <translation>办结待办</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Choose the result.</source>
        <translation>请选择结果。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>EarlierPanel</name>
    <message>
        <source>Fill in what is known  Ctrl+Shift+C</source>
        <translation>填入已知信息  Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Copy the whole last case  Ctrl+Shift+L</source>
        <translation>复制上一件的全部内容  Ctrl+Shift+L</translation>
    </message>
    <message>
        <source>{name} was here before ({n}×), last on {day}</source>
        <translation>{name} 曾来过 {n} 次，最近一次 {day}</translation>
    </message>
    <message>
        <source>{name} is in the register</source>
        <translation>{name} 已有登记</translation>
    </message>
    <message>
        <source>inquiry or guidance: {kinds}</source>
        <translation>咨询或者指引：{kinds}</translation>
    </message>
    <message>
        <source>{n} more cases of this number at other counters</source>
        <translation>其他窗口另有这个号码的办件 {n} 件</translation>
    </message>
    <message>
        <source>go on, because …</source>
        <translation>继续办理的理由……</translation>
    </message>
    <message>
        <source>Why the visit goes on</source>
        <translation>继续办理的理由</translation>
    </message>
    <message>
        <source>Go on for this reason  Ctrl+Shift+G</source>
        <translation>写明理由，继续办理  Ctrl+Shift+G</translation>
    </message>
    <message>
        <source>△ A case of the same worker and the same employer for an overlapping time:</source>
        <translation>△ 同一劳动者、同一单位、期间重叠的办件已有：</translation>
    </message>
    <message>
        <source>Goes on because: {reason}</source>
        <translation>继续办理的理由：{reason}</translation>
    </message>
    <message>
        <source>It can be taken in all the same; say why.</source>
        <translation>仍然可以收件，请写明理由。</translation>
    </message>
    <message>
        <source>at another counter</source>
        <translation>其他窗口</translation>
    </message>
</context>
<context>
    <name>EmployersPage</name>
    <message>
        <source>CSV or xlsx: name, credit code, address, representative, phone, industry</source>
        <translation>CSV 或者 xlsx：名称、统一社会信用代码、住所、法定代表人、电话、行业</translation>
    </message>
    <message>
        <source>File of the directory</source>
        <translation>名录文件</translation>
    </message>
    <message>
        <source>Choose  Ctrl+O</source>
        <translation>选择文件  Ctrl+O</translation>
    </message>
    <message>
        <source>Replace the directory  Ctrl+Enter</source>
        <translation>导入并替换现有名录  Ctrl+Enter</translation>
    </message>
    <message>
        <source>Add to the directory  Ctrl+Shift+Enter</source>
        <translation>并入现有名录  Ctrl+Shift+Enter</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Cancel the import  Ctrl+Delete</source>
        <translation>取消导入  Ctrl+Delete</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>栏</translation>
    </message>
    <message>
        <source>Why it was left out</source>
        <translation>没有导入的原因</translation>
    </message>
    <message>
        <source>Rows left out</source>
        <translation>没有导入的行</translation>
    </message>
    <message>
        <source>Choose the file first.</source>
        <translation>请先选择文件。</translation>
    </message>
    <message>
        <source>Employer directory</source>
        <translation>单位名录</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.xlsx)</source>
        <translation>表格 (*.csv *.txt *.xlsx)</translation>
    </message>
    <message>
        <source>There is no directory on this machine yet.</source>
        <translation>本机还没有单位名录。</translation>
    </message>
    <message>
        <source>{n} employers, taken in from {file} on {when}; searched without a line to the centre.</source>
        <translation>共 {n} 家单位，{when} 从 {file} 导入；断网也可以查找。</translation>
    </message>
    <message>
        <source>{rows} rows read, {taken} taken, {refused} left out</source>
        <translation>已读 {rows} 行，导入 {taken} 行，未导入 {refused} 行</translation>
    </message>
    <message>
        <source>✓ {n} employers taken in.</source>
        <translation>✓ 已导入 {n} 家单位。</translation>
    </message>
    <message>
        <source>{n} rows were left out; the rest stands.</source>
        <translation>有 {n} 行没有导入，其余已经生效。</translation>
    </message>
    <message>
        <source>Columns without a place: {headings}</source>
        <translation>没有用到的栏：{headings}</translation>
    </message>
</context>
<context>
    <name>EnrolmentScreen</name>
    <message>
        <source>Set up this station</source>
        <translation>登记本机</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>开始设置</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Enrolment file</source>
        <translation>登记文件</translation>
    </message>
    <message>
        <source>or scan the QR codes here</source>
        <translation>或在此扫描二维码</translation>
    </message>
    <message>
        <source>one after the other, in any order</source>
        <translation>逐张扫描，先后不限</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性代码</translation>
    </message>
    <message>
        <source>All {n} codes are read.</source>
        <translation>{n} 张二维码已全部读入。</translation>
    </message>
    <message>
        <source>{have} of {all} codes read; still missing: {missing}</source>
        <translation>已读 {have} 张，共 {all} 张；还缺第 {missing} 张</translation>
    </message>
</context>
<context>
    <name>FetchPanel</name>
    <message>
        <source>Fetch the content of this case</source>
        <translation>调取本案内容</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>调取</translation>
    </message>
    <message>
        <source>The centre puts on record who fetched it, when and why.</source>
        <translation>中心库会记录由谁、何时、为何调取。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Choose the reason.</source>
        <translation>请选择理由。</translation>
    </message>
</context>
<context>
    <name>FieldBox</name>
    <message>
        <source>Show Ctrl+R</source>
        <translation>显示 Ctrl+R</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>To</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Count  Ctrl+Enter</source>
        <translation>统计  Ctrl+Enter</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Certificates spared: {certificates}  ·  trips spared: {trips}  ·  commitments: {made}</source>
        <translation>免交证明 {certificates} 件  ·  少跑 {trips} 趟  ·  承诺 {made} 件</translation>
    </message>
    <message>
        <source>No commitment was made in this period.</source>
        <translation>这段期间没有承诺。</translation>
    </message>
    <message>
        <source>verified {verified}: true {confirmed}, false {false}, open {doubted}</source>
        <translation>已核查 {verified} 件：属实 {confirmed}，不实 {false}，处理中 {doubted}</translation>
    </message>
    <message>
        <source>to be verified {waiting}, never to be verified {exempt}, withdrawn {withdrawn}</source>
        <translation>待核查 {waiting} 件，免予核查 {exempt} 件，撤回 {withdrawn} 件</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Certificates spared</source>
        <translation>免证明</translation>
    </message>
    <message>
        <source>Trips spared</source>
        <translation>少跑</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已核查</translation>
    </message>
    <message>
        <source>True</source>
        <translation>属实</translation>
    </message>
    <message>
        <source>False</source>
        <translation>不实</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Commitments in figures</source>
        <translation>告知承诺统计</translation>
    </message>
</context>
<context>
    <name>FindScreen</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>part of a name · pinyin initials · receipt number · scan the receipt</source>
        <translation>姓名或单位的一部分 · 拼音首字母 · 收件编号 · 扫回执二维码</translation>
    </message>
    <message>
        <source>Find a case</source>
        <translation>查找办件</translation>
    </message>
    <message>
        <source>Persons and employers  Ctrl+P</source>
        <translation>个人和单位  Ctrl+P</translation>
    </message>
    <message>
        <source>Type to find a case. A scanned receipt opens its case.</source>
        <translation>边输入边查找。扫描回执二维码可直接打开办件。</translation>
    </message>
    <message>
        <source>The centre knows no case of the number “{text}” either.</source>
        <translation>中心库也没有编号为“{text}”的办件。请核对编号。</translation>
    </message>
    <message>
        <source>Asking the centre…</source>
        <translation>正在向中心库查询…</translation>
    </message>
    <message>
        <source>Ask the centre  Ctrl+G</source>
        <translation>向中心库查询  Ctrl+G</translation>
    </message>
    <message>
        <source>Nothing found for “{text}”. Try fewer characters or the receipt number.</source>
        <translation>没有找到“{text}”。可少输几个字，或输入收件编号。</translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Your clerk code</source>
        <translation>您的工号</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Password, at least 8 characters</source>
        <translation>密码 (至少 8 位)</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>再输一次密码</translation>
    </message>
    <message>
        <source>The two passwords differ. Type the password once more.</source>
        <translation>两次输入的密码不一致。请再输一次密码。</translation>
    </message>
</context>
<context>
    <name>HallScreen</name>
    <message>
        <source>Set up a hall on its own</source>
        <translation>设置独立大厅</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>开始设置</translation>
    </message>
    <message>
        <source>This machine will keep the centre of your hall, with its keys and all cases: back up its data folder. Numbers and papers are real. Other machines can join a centre on a server of your own later.</source>
        <translation>本机将保存本大厅的中心库，包括密钥和全部办件，请定期备份数据文件夹。编号和文书都是正式的。以后如需多台电脑，可改用自己服务器上的中心库。</translation>
    </message>
    <message>
        <source>District code, six digits</source>
        <translation>行政区划代码 (6 位)</translation>
    </message>
    <message>
        <source>Name of the hall</source>
        <translation>大厅名称</translation>
    </message>
    <message>
        <source>Name of this counter</source>
        <translation>本窗口名称</translation>
    </message>
    <message>
        <source>Counter 1</source>
        <translation>1号窗口</translation>
    </message>
    <message>
        <source>Telephone for visitors</source>
        <translation>咨询电话</translation>
    </message>
    <message>
        <source>Address of the hall</source>
        <translation>大厅地址</translation>
    </message>
</context>
<context>
    <name>HandOverPanel</name>
    <message>
        <source>Hand this visit to a colleague</source>
        <translation>把这件来访转交同事</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>同事</translation>
    </message>
    <message>
        <source>Choose who goes on with the visit.</source>
        <translation>请选择由谁接着办理。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>what she should know; may stay empty</source>
        <translation>需要同事知道的事，可以不填</translation>
    </message>
    <message>
        <source>Nobody else may sign in on this machine. An administrator admits colleagues in the settings.</source>
        <translation>这台机器上没有其他同事可以登录，请管理员先登记。</translation>
    </message>
</context>
<context>
    <name>HandPanel</name>
    <message>
        <source>Hand it on</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>To</source>
        <translation>转交给</translation>
    </message>
    <message>
        <source>Choose to whom.</source>
        <translation>请选择转交给谁。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>HandoutCard</name>
    <message>
        <source>Print  F6</source>
        <translation>打印  F6</translation>
    </message>
    <message>
        <source>Look at it  Alt+V</source>
        <translation>查看  Alt+V</translation>
    </message>
    <message>
        <source>Save a copy  Ctrl+S</source>
        <translation>另存  Ctrl+S</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>收起  Esc</translation>
    </message>
    <message>
        <source>Simulated printer: {job}</source>
        <translation>模拟打印机：{job}</translation>
    </message>
    <message>
        <source>Sent to the printer: {job}</source>
        <translation>已送打印机：{job}</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已存：{path}</translation>
    </message>
</context>
<context>
    <name>HandoutPlace</name>
    <message>
        <source>the visitor</source>
        <translation>来访人</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>存档</translation>
    </message>
    <message>
        <source>each respondent</source>
        <translation>各被申请人</translation>
    </message>
    <message>
        <source>the office</source>
        <translation>办理机构</translation>
    </message>
    <message>
        <source>In it: {papers}</source>
        <translation>含：{papers}</translation>
    </message>
    <message>
        <source>No paper has been issued for anybody yet.</source>
        <translation>还没有应当发给各方的文书。</translation>
    </message>
    <message>
        <source>A set of the papers for</source>
        <translation>成套文书，发给</translation>
    </message>
</context>
<context>
    <name>InterviewView</name>
    <message>
        <source>Route: {route}</source>
        <translation>去向：{route}</translation>
    </message>
    <message>
        <source>No route follows from these answers. Change an answer, or set a route with a reason.</source>
        <translation>按这些回答得不出去向。可改前面的答案，或写明理由另定去向；也可按 F5 出指引单。</translation>
    </message>
    <message>
        <source>All asked. The visitor chooses: {keys}</source>
        <translation>问完了。请来访人选择：{keys}</translation>
    </message>
    <message>
        <source>new matter</source>
        <translation>新事项</translation>
    </message>
    <message>
        <source>Another matter Ctrl+M</source>
        <translation>再加一个事项 Ctrl+M</translation>
    </message>
    <message>
        <source>Leave this matter out</source>
        <translation>去掉这个事项</translation>
    </message>
</context>
<context>
    <name>IssuePanel</name>
    <message>
        <source>Issue a paper for this case</source>
        <translation>为这一件出具文书</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>出具</translation>
    </message>
    <message>
        <source>It is put on record with its content; then it can be looked at and printed.</source>
        <translation>出具时连同内容记录在案，然后可以查看、打印。</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>Choose the paper.</source>
        <translation>请选择文书。</translation>
    </message>
    <message>
        <source>Office that it names</source>
        <translation>文书写明的机构</translation>
    </message>
    <message>
        <source>Choose the office.</source>
        <translation>请选择机构。</translation>
    </message>
    <message>
        <source>What is to be added</source>
        <translation>需要补充的内容</translation>
    </message>
    <message>
        <source>Not now:</source>
        <translation>现在不能出具的：</translation>
    </message>
</context>
<context>
    <name>KeptStrip</name>
    <message>
        <source>{n} earlier answers have no place under the new rules and are kept  Ctrl+Shift+K</source>
        <translation>有 {n} 项原来的内容不再适用新规定，另外保留  Ctrl+Shift+K</translation>
    </message>
</context>
<context>
    <name>LawPage</name>
    <message>
        <source>Law library</source>
        <translation>法规库</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Practice quiz</source>
        <translation>练一练</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法规</translation>
    </message>
</context>
<context>
    <name>LibraryView</name>
    <message>
        <source>a word · a law and a number, such as 仲裁法 27 · the name of a law</source>
        <translation>输入词语 · 法规名加条号，如 仲裁法 27 · 法规名称</translation>
    </message>
    <message>
        <source>Search the law library</source>
        <translation>检索法规库</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法规</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>条</translation>
    </message>
    <message>
        <source>Where it says so</source>
        <translation>命中的文字</translation>
    </message>
    <message>
        <source>Articles found</source>
        <translation>检索到的条文</translation>
    </message>
    <message>
        <source>the first {n}; add a word</source>
        <translation>只列前 {n} 条，请再加一个词</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>共 {n} 条</translation>
    </message>
    <message>
        <source>No statute text is installed. An administrator installs them with: window-app statutes import DIR</source>
        <translation>本机尚未安装法规全文。管理员可用 window-app statutes import 文件夹 导入。</translation>
    </message>
    <message>
        <source>{n} laws are installed. Type a word, or a law and a number.</source>
        <translation>本机已安装 {n} 部法规。请输入词语，或者法规名加条号。</translation>
    </message>
    <message>
        <source>Nothing found in {n} laws. Fewer words find more.</source>
        <translation>在 {n} 部法规中没有查到。减少词语可以查到更多。</translation>
    </message>
    <message>
        <source>Enter opens an article</source>
        <translation>回车打开条文</translation>
    </message>
</context>
<context>
    <name>LimitRow</name>
    <message>
        <source>steps ›</source>
        <translation>怎样算的 ›</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>One-window acceptance</source>
        <translation>一口受理</translation>
    </message>
</context>
<context>
    <name>MaterialChoices</name>
    <message>
        <source>A  Attach a file</source>
        <translation>A  附上文件</translation>
    </message>
    <message>
        <source>Ctrl+V pastes, or drop it here</source>
        <translation>可以 Ctrl+V 粘贴，也可以拖到这里</translation>
    </message>
</context>
<context>
    <name>MaterialLine</name>
    <message>
        <source> copies</source>
        <translation> 份</translation>
    </message>
    <message>
        <source>Number of copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺</translation>
    </message>
    <message>
        <source>copies due: {n}</source>
        <translation>应交 {n} 份</translation>
    </message>
    <message>
        <source>Commitment instead</source>
        <translation>以承诺代替</translation>
    </message>
    <message>
        <source>Waived because … (Enter)</source>
        <translation>免交的理由（写好按 Enter）</translation>
    </message>
    <message>
        <source>Not needed because … (Enter)</source>
        <translation>不需要的理由（写好按 Enter）</translation>
    </message>
    <message>
        <source>✕ Write the reason in a few words, then press Enter.</source>
        <translation>✕ 请用几个字写明理由，再按 Enter。</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>附件 {n} 个</translation>
    </message>
    <message>
        <source>to be seen</source>
        <translation>应核原件</translation>
    </message>
    <message>
        <source>original seen</source>
        <translation>原件已核</translation>
    </message>
    <message>
        <source>copy taken</source>
        <translation>收复印件</translation>
    </message>
    <message>
        <source>electronic</source>
        <translation>电子件</translation>
    </message>
    <message>
        <source>waived</source>
        <translation>免交</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>committed instead</source>
        <translation>以承诺代替</translation>
    </message>
</context>
<context>
    <name>MaterialsView</name>
    <message>
        <source>No materials belong to this route.</source>
        <translation>此去向没有材料清单。</translation>
    </message>
    <message>
        <source>Other materials, not due here: {n}</source>
        <translation>其他材料 (非必交)：{n} 项</translation>
    </message>
</context>
<context>
    <name>MergePanel</name>
    <message>
        <source>Merge with another registration</source>
        <translation>与另一条登记合并</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Perhaps the same</source>
        <translation>可能是同一个</translation>
    </message>
    <message>
        <source>name, number or its end; only one may be found</source>
        <translation>姓名、名称、号码或者末几位，只能找到一个</translation>
    </message>
    <message>
        <source>Or somebody else</source>
        <translation>或者另一个</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Please say why.</source>
        <translation>请写明理由。</translation>
    </message>
    <message>
        <source>Nothing of either is lost or changed; the cases of both are shown together. It can be taken back.</source>
        <translation>两条登记都不改、不丢，办件合在一起显示；可以撤销。</translation>
    </message>
</context>
<context>
    <name>MovePanel</name>
    <message>
        <source>Another date</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>By when</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>2026-12-01, or +5 for the fifth working day</source>
        <translation>如 2026-12-01；+5 表示第 5 个工作日</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Say in a sentence why the date moves.</source>
        <translation>请用一句话说明改期的原因。</translation>
    </message>
</context>
<context>
    <name>MovingPanel</name>
    <message>
        <source>The rules were updated since this visit was begun</source>
        <translation>这件来访开始以后，办理规定有更新</translation>
    </message>
    <message>
        <source>1  Go on under the new rules</source>
        <translation>1  按新规定继续</translation>
    </message>
    <message>
        <source>2  Later, leave it as it is</source>
        <translation>2  以后再说，先不改</translation>
    </message>
    <message>
        <source>What was filled in stays; nothing is dropped.</source>
        <translation>已填的内容都保留，不会丢失。</translation>
    </message>
    <message>
        <source>The old rules are not on this machine; only what no longer fits can be shown.</source>
        <translation>这台机器上没有原来的规定，只能列出不再适用的内容。</translation>
    </message>
    <message>
        <source>Kept apart, to be read at any time:</source>
        <translation>另外保留、随时可看的内容：</translation>
    </message>
</context>
<context>
    <name>OfficeActions</name>
    <message>
        <source>Fetching the content from the centre…</source>
        <translation>正在从中心库调取内容…</translation>
    </message>
    <message>
        <source>Taken over; the counter sees it.</source>
        <translation>已接收；收件窗口看得到。</translation>
    </message>
    <message>
        <source>✓ That you read this case is on record.</source>
        <translation>✓ 已打开；本次调阅已记录。</translation>
    </message>
    <message>
        <source>The content is not here yet: {why}</source>
        <translation>内容暂未调到：{why}</translation>
    </message>
    <message>
        <source>Decided: {number}</source>
        <translation>已作出决定：{number}</translation>
    </message>
    <message>
        <source>limit {day}</source>
        <translation>期限至 {day}</translation>
    </message>
</context>
<context>
    <name>OpenPanel</name>
    <message>
        <source>Note something due</source>
        <translation>登记待办</translation>
    </message>
    <message>
        <source>Note it</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>It stands in your list until it is settled. Other counters see what and when, not these words.</source>
        <translation>登记后列在您的待办中，直到办结。其他窗口只看到事项和日期，看不到说明文字。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Choose what is due.</source>
        <translation>请选择待办事项。</translation>
    </message>
    <message>
        <source>By when</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>2026-12-01, or +5 for the fifth working day</source>
        <translation>如 2026-12-01；+5 表示第 5 个工作日</translation>
    </message>
    <message>
        <source>In a sentence</source>
        <translation>一句说明</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Setting up the hall…</source>
        <translation>正在设置大厅…</translation>
    </message>
</context>
<context>
    <name>OutageScreen</name>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Printed on</source>
        <translation>印制日期</translation>
    </message>
    <message>
        <source>Printed by</source>
        <translation>印制人</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Day of the visit</source>
        <translation>收件日期</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Outage forms</source>
        <translation>应急收件单</translation>
    </message>
    <message>
        <source>Print forms  Ctrl+P</source>
        <translation>印制  Ctrl+P</translation>
    </message>
    <message>
        <source>Print this one again  F6</source>
        <translation>重印选中的  F6</translation>
    </message>
    <message>
        <source>Void  Delete</source>
        <translation>作废  Delete</translation>
    </message>
    <message>
        <source>Type one in  Shift+F2</source>
        <translation>补录  Shift+F2</translation>
    </message>
    <message>
        <source>Print some before they are needed; fill one in by hand when nothing else works.</source>
        <translation>平时先印好备用；系统停用时手工填写，恢复后补录。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>No forms here. Ctrl+P prints some.</source>
        <translation>没有应急收件单。按 Ctrl+P 印制。</translation>
    </message>
    <message>
        <source>Voided.</source>
        <translation>已作废。</translation>
    </message>
    <message>
        <source>{n} sent to the printer; the numbers are theirs for good.</source>
        <translation>已送 {n} 张打印，编号已经占用。</translation>
    </message>
</context>
<context>
    <name>OutageStrip</name>
    <message>
        <source>Outage form</source>
        <translation>应急收件单</translation>
    </message>
    <message>
        <source>scan the code, or type the number of the form</source>
        <translation>扫描二维码，或者输入单上的编号</translation>
    </message>
    <message>
        <source>as on the form, such as 2026-11-19</source>
        <translation>以单上填写的为准，如 2026-11-19</translation>
    </message>
    <message>
        <source>Not from a form</source>
        <translation>不是补录</translation>
    </message>
    <message>
        <source>Open the case typed in before  Ctrl+E</source>
        <translation>打开先前补录的办件  Ctrl+E</translation>
    </message>
    <message>
        <source>Number of the form</source>
        <translation>应急收件单编号</translation>
    </message>
    <message>
        <source>Day of the visit</source>
        <translation>收件日期</translation>
    </message>
    <message>
        <source>Why paper</source>
        <translation>启用原因</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>补充说明</translation>
    </message>
    <message>
        <source>Typed in from an outage form</source>
        <translation>补录应急收件单</translation>
    </message>
    <message>
        <source>The day on the form decides which law and which limits hold; today is kept as the day of entry.</source>
        <translation>适用的规定和各项期限按单上的收件日期计算；今天记为补录日期。</translation>
    </message>
</context>
<context>
    <name>OverrideBox</name>
    <message>
        <source>Route</source>
        <translation>去向</translation>
    </message>
    <message>
        <source>reason, goes on record</source>
        <translation>理由 (会记录在案)</translation>
    </message>
    <message>
        <source>Reason for another route</source>
        <translation>另定去向的理由</translation>
    </message>
    <message>
        <source>Set this route</source>
        <translation>按此办理</translation>
    </message>
    <message>
        <source>Choose a route and write the reason.</source>
        <translation>请选择去向并写明理由。</translation>
    </message>
</context>
<context>
    <name>PaperActions</name>
    <message>
        <source>Simulated printer: {job}</source>
        <translation>模拟打印机已输出文件：{job}</translation>
    </message>
    <message>
        <source>Sent to the printer: {job}</source>
        <translation>已送打印机：{job}</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
</context>
<context>
    <name>PaperBatch</name>
    <message>
        <source>Print all not printed yet  Ctrl+Shift+P</source>
        <translation>打印全部未打印的  Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>Save them all  Ctrl+Shift+S</source>
        <translation>全部另存  Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Stop here  Ctrl+Delete</source>
        <translation>到此为止  Ctrl+Delete</translation>
    </message>
    <message>
        <source>Progress of the papers</source>
        <translation>文书进度</translation>
    </message>
</context>
<context>
    <name>PaperCard</name>
    <message>
        <source>Marked reprint  F6</source>
        <translation>补打 (带标记)  F6</translation>
    </message>
    <message>
        <source>Print  F6</source>
        <translation>打印  F6</translation>
    </message>
    <message>
        <source>Save a copy  Ctrl+S</source>
        <translation>另存  Ctrl+S</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Look at it  Alt+V</source>
        <translation>查看  Alt+V</translation>
    </message>
    <message>
        <source>A sheet for each person  Alt+B</source>
        <translation>每人一页  Alt+B</translation>
    </message>
    <message>
        <source>{n} reprints</source>
        <translation>补打 {n} 次</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Y  It is in hand</source>
        <translation>Y  出来了</translation>
    </message>
    <message>
        <source>N  No, print again</source>
        <translation>N  没有，再打一次</translation>
    </message>
    <message>
        <source>Did the paper come out?</source>
        <translation>纸出来了吗？</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>已出具</translation>
    </message>
    <message>
        <source>ready to print</source>
        <translation>待打印</translation>
    </message>
    <message>
        <source>sent to the printer</source>
        <translation>已送打印</translation>
    </message>
    <message>
        <source>✓ handed over</source>
        <translation>✓ 已交来访人</translation>
    </message>
    <message>
        <source>did not come out</source>
        <translation>没有出来</translation>
    </message>
</context>
<context>
    <name>PartiesScreen</name>
    <message>
        <source>Name</source>
        <translation>姓名、名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>来访</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>{n} merged</source>
        <translation>合并 {n} 条</translation>
    </message>
    <message>
        <source>Persons and employers</source>
        <translation>个人和单位</translation>
    </message>
    <message>
        <source>part of a name · pinyin initials · number or its end · end of a phone number</source>
        <translation>姓名的一部分 · 拼音首字母 · 号码或者末几位 · 电话末几位</translation>
    </message>
    <message>
        <source>Find a person or an employer</source>
        <translation>查找个人或者单位</translation>
    </message>
    <message>
        <source>Type to find somebody whom a visit named.</source>
        <translation>输入以查找来访中登记过的个人或者单位。</translation>
    </message>
    <message>
        <source>person</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>employer</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Nobody found for “{text}”.</source>
        <translation>没有找到“{text}”。</translation>
    </message>
</context>
<context>
    <name>PartyPage</name>
    <message>
        <source>Registered twice: merge  Ctrl+M</source>
        <translation>重复登记：合并  Ctrl+M</translation>
    </message>
    <message>
        <source>Take a merge back  Ctrl+D</source>
        <translation>撤销合并  Ctrl+D</translation>
    </message>
    <message>
        <source>Note something due  Ctrl+W</source>
        <translation>记一项待办  Ctrl+W</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>As</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>来访</translation>
    </message>
    <message>
        <source>Merged from: {names}</source>
        <translation>由这些登记合并：{names}</translation>
    </message>
    <message>
        <source>△ Perhaps registered twice: {names}</source>
        <translation>△ 可能重复登记：{names}</translation>
    </message>
    <message>
        <source>What is due</source>
        <translation>待办事项</translation>
    </message>
    <message>
        <source>before: {values}</source>
        <translation>以前：{values}</translation>
    </message>
    <message>
        <source>inquiry or guidance: {kinds}</source>
        <translation>咨询或者指引：{kinds}</translation>
    </message>
</context>
<context>
    <name>PhrasePanel</name>
    <message>
        <source>Phrases…  {key}</source>
        <translation>常用语……  {key}</translation>
    </message>
    <message>
        <source>Part of the phrase, or its pinyin initials</source>
        <translation>输入词语或者拼音首字母</translation>
    </message>
    <message>
        <source>Find a phrase</source>
        <translation>查找常用语</translation>
    </message>
    <message>
        <source>No phrase fits these letters.</source>
        <translation>没有相符的常用语。</translation>
    </message>
    <message>
        <source>↑ ↓ choose   Enter put in at the cursor   Esc leave   ◆ whole statement</source>
        <translation>↑ ↓ 选择   Enter 插在光标处   Esc 不用   ◆ 整篇</translation>
    </message>
</context>
<context>
    <name>PrintPanel</name>
    <message>
        <source>Print blank outage forms</source>
        <translation>印制空白应急收件单</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>印制</translation>
    </message>
    <message>
        <source>Each form takes a number of this counter&apos;s series for good; print what you may need.</source>
        <translation>每张占用本窗口的一个收件编号，不再另用；请按需要印制。</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Say how many.</source>
        <translation>请填写张数。</translation>
    </message>
</context>
<context>
    <name>PrintersPage</name>
    <message>
        <source>Kinds of paper</source>
        <translation>文书种类</translation>
    </message>
    <message>
        <source>Ask the printer  Alt+A</source>
        <translation>查看打印机  Alt+A</translation>
    </message>
    <message>
        <source>Apply  Ctrl+Enter</source>
        <translation>保存设置  Ctrl+Enter</translation>
    </message>
    <message>
        <source>Asking the printer…</source>
        <translation>正在查看打印机…</translation>
    </message>
    <message>
        <source>empty: the system&apos;s default</source>
        <translation>留空：系统默认打印机</translation>
    </message>
    <message>
        <source>empty: as all others ({queue})</source>
        <translation>留空：与其他文书相同（{queue}）</translation>
    </message>
    <message>
        <source>as the printer has it</source>
        <translation>按打印机的设置</translation>
    </message>
    <message>
        <source>one side</source>
        <translation>单面</translation>
    </message>
    <message>
        <source>both sides, like a book</source>
        <translation>双面，长边翻页</translation>
    </message>
    <message>
        <source>both sides, like a pad</source>
        <translation>双面，短边翻页</translation>
    </message>
    <message>
        <source>✓ {printer} is ready.</source>
        <translation>✓ 打印机“{printer}”可以使用。</translation>
    </message>
    <message>
        <source>This queue offers no choice of sides.</source>
        <translation>这台打印机不能选择单双面。</translation>
    </message>
    <message>
        <source>This queue offers no choice of trays.</source>
        <translation>这台打印机不能选择纸盒。</translation>
    </message>
    <message>
        <source>chosen by the printer</source>
        <translation>由打印机选择</translation>
    </message>
    <message>
        <source>main tray</source>
        <translation>主纸盒</translation>
    </message>
    <message>
        <source>fed by hand</source>
        <translation>手动进纸</translation>
    </message>
    <message>
        <source>bypass tray</source>
        <translation>多功能纸盒</translation>
    </message>
    <message>
        <source>{value} (not offered now)</source>
        <translation>{value}（目前不可选）</translation>
    </message>
    <message>
        <source>Simulated: PDF files in a folder</source>
        <translation>模拟打印机：文件夹中的 PDF</translation>
    </message>
    <message>
        <source>Printers of this system (CUPS)</source>
        <translation>本机系统的打印机（CUPS）</translation>
    </message>
    <message>
        <source>Printers of Windows</source>
        <translation>Windows 的打印机</translation>
    </message>
    <message>
        <source>All papers without a choice of their own</source>
        <translation>没有单独设置的全部文书</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Printers</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>打印机名称</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>单双面</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>纸盒</translation>
    </message>
    <message>
        <source>Copies at least</source>
        <translation>至少份数</translation>
    </message>
    <message>
        <source>Queue tickets</source>
        <translation>排队号小票</translation>
    </message>
</context>
<context>
    <name>QueueScreen</name>
    <message>
        <source>Queue</source>
        <translation>来件</translation>
    </message>
    <message>
        <source>Queue of {office}</source>
        <translation>{office} · 来件</translation>
    </message>
    <message>
        <source>1  All</source>
        <translation>1  全部</translation>
    </message>
    <message>
        <source>2  Mine</source>
        <translation>2  我的</translation>
    </message>
    <message>
        <source>3  Unclaimed</source>
        <translation>3  未认领</translation>
    </message>
    <message>
        <source>4  Near limit</source>
        <translation>4  临期</translation>
    </message>
    <message>
        <source>5  Commitments</source>
        <translation>5  承诺核查</translation>
    </message>
    <message>
        <source>Enter opens a case · reading its content goes on record</source>
        <translation>按 Enter 打开办件 · 调阅内容会记录</translation>
    </message>
    <message>
        <source>No commitment waits for this office.</source>
        <translation>没有等待办理的承诺。</translation>
    </message>
    <message>
        <source>Nothing waits for this office.</source>
        <translation>没有等待办理的来件。</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>没有这一类来件。</translation>
    </message>
    <message>
        <source>stands still</source>
        <translation>期限中止</translation>
    </message>
    <message>
        <source>{n} days left</source>
        <translation>还有 {n} 天</translation>
    </message>
    <message>
        <source>{n} days over</source>
        <translation>已超 {n} 天</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新到</translation>
    </message>
</context>
<context>
    <name>QuizView</name>
    <message>
        <source>Next case  Enter</source>
        <translation>下一题  Enter</translation>
    </message>
    <message>
        <source>What do you suggest first?</source>
        <translation>您首先建议走哪条渠道？</translation>
    </message>
    <message>
        <source>national rules</source>
        <translation>国家规则</translation>
    </message>
    <message>
        <source>Case: {name} · {on} · {place}</source>
        <translation>案例：{name} · {on} · {place}</translation>
    </message>
    <message>
        <source>✓ Right: {suggested}.</source>
        <translation>✓ 答对了：{suggested}。</translation>
    </message>
    <message>
        <source>✓ {chosen} is open too; suggested first: {suggested}.</source>
        <translation>✓ {chosen}也可以走；首先建议的是：{suggested}。</translation>
    </message>
    <message>
        <source>✕ Not {chosen}. Suggested first: {suggested}.</source>
        <translation>✕ 不是{chosen}。首先建议的是：{suggested}。</translation>
    </message>
    <message>
        <source>Open routes: {routes}</source>
        <translation>可走的渠道：{routes}</translation>
    </message>
    <message>
        <source>Row {row}: {facts}</source>
        <translation>规则行 {row}：{facts}</translation>
    </message>
    <message>
        <source>This sitting: {right} right, {wrong} wrong</source>
        <translation>本次练习：对 {right} 题，错 {wrong} 题</translation>
    </message>
    <message>
        <source>Answer by the number of the route. Nothing of it is kept.</source>
        <translation>按渠道前的数字作答。不留任何记录。</translation>
    </message>
</context>
<context>
    <name>ReceivedView</name>
    <message>
        <source>Application, filled in  Alt+A</source>
        <translation>填好的申请书  Alt+A</translation>
    </message>
    <message>
        <source>A set of the papers  Alt+S</source>
        <translation>成套文书  Alt+S</translation>
    </message>
    <message>
        <source>F6 prints the next paper · F2 begins the next visit</source>
        <translation>F6 打印下一份文书 · F2 开始下一次来访</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>已收件</translation>
    </message>
    <message>
        <source>Guidance given</source>
        <translation>已出指引单</translation>
    </message>
    <message>
        <source>From an outage form: received on {day}, typed in on {entered}.</source>
        <translation>补录应急收件单：收件日期 {day}，补录日期 {entered}。</translation>
    </message>
    <message>
        <source>Reused: {fields} fields not typed again, {materials} materials not asked again.</source>
        <translation>免重复填写 {fields} 项，免重复提交材料 {materials} 份。</translation>
    </message>
    <message>
        <source>Say: the office sets the time of its answer and will tell you; keep the number.</source>
        <translation>请告诉来访人：答复期限由办理机构依法确定并告知；请保存好编号。</translation>
    </message>
    <message>
        <source>Say: an answer comes by {day} at the latest; keep the number.</source>
        <translation>请告诉来访人：最晚 {day} 答复；请保存好编号。</translation>
    </message>
    <message>
        <source>Say: an answer is promised by {promised}, by law it comes by {day}; keep the number.</source>
        <translation>请告知：承诺在 {promised} 前答复，法定最晚答复日为 {day}；请保管好编号。</translation>
    </message>
    <message>
        <source>Say: something is missing; counted from today the answer comes by {day}, later papers move it.</source>
        <translation>请告诉来访人：材料未齐；自今日起算最晚 {day} 答复，补齐材料的从补正之日起重新计算。</translation>
    </message>
</context>
<context>
    <name>ReceptionHome</name>
    <message>
        <source>New visit  F2</source>
        <translation>新来访  F2</translation>
    </message>
    <message>
        <source>Type in an outage form  Shift+F2</source>
        <translation>补录应急收件单  Shift+F2</translation>
    </message>
    <message>
        <source>End of the day  Shift+F12</source>
        <translation>日结  Shift+F12</translation>
    </message>
    <message>
        <source>Ready for the next visitor</source>
        <translation>可以接待下一位</translation>
    </message>
    <message>
        <source>{n} visits put aside</source>
        <translation>暂存 {n} 个来访</translation>
    </message>
    <message>
        <source>Nothing is waiting.</source>
        <translation>没有等着办的事。</translation>
    </message>
    <message>
        <source>Papers that wait to be printed or confirmed: {n}</source>
        <translation>等着打印或确认的文书：{n} 份</translation>
    </message>
    <message>
        <source>{n} due, {today} of it today or overdue ›</source>
        <translation>待办 {n} 项，其中今天到期或者逾期 {today} 项 ›</translation>
    </message>
    <message>
        <source>{n} due ›</source>
        <translation>待办 {n} 项 ›</translation>
    </message>
    <message>
        <source>visitor without a name</source>
        <translation>未填姓名</translation>
    </message>
    <message>
        <source>A visit was not finished: {visitor}, begun {time}. Go on with it?</source>
        <translation>有一个来访没有办完：{visitor}，{time} 开始。继续吗？</translation>
    </message>
    <message>
        <source>{name} hands you a visit: {visitor}, begun {time}. Go on with it?</source>
        <translation>{name}转交给您一件来访：{visitor}，{time} 开始。现在接着办吗？</translation>
    </message>
    <message>
        <source>1  Go on</source>
        <translation>1  继续</translation>
    </message>
    <message>
        <source>2  Leave it among those put aside</source>
        <translation>2  留在暂存里</translation>
    </message>
</context>
<context>
    <name>ReprintAsk</name>
    <message>
        <source>Why is it printed again? It is counted and marked on the paper.</source>
        <translation>为什么补打？补打会计数，并标在纸上。</translation>
    </message>
    <message>
        <source>Reason in words</source>
        <translation>补打原因</translation>
    </message>
    <message>
        <source>write the reason, then Enter</source>
        <translation>写明原因，按回车补打</translation>
    </message>
    <message>
        <source>Write the reason first.</source>
        <translation>请先写明原因。</translation>
    </message>
    <message>
        <source>Leave it  Esc</source>
        <translation>不补打  Esc</translation>
    </message>
    <message>
        <source>The original is lost</source>
        <translation>原件遗失</translation>
    </message>
    <message>
        <source>It is damaged</source>
        <translation>原件污损</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>打印不清</translation>
    </message>
    <message>
        <source>It did not come out</source>
        <translation>没有打出</translation>
    </message>
    <message>
        <source>One more is wanted</source>
        <translation>要求多一份</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
</context>
<context>
    <name>ReturnPanel</name>
    <message>
        <source>Return to be completed</source>
        <translation>退回补正</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>The counter sees at once what is missing and tells the applicant, all at one time.</source>
        <translation>收件窗口随即看到缺什么，一次性告知申请人。</translation>
    </message>
    <message>
        <source>Say what must be completed.</source>
        <translation>请写明需要补正的内容。</translation>
    </message>
    <message>
        <source>What is to be completed</source>
        <translation>需要补正的内容</translation>
    </message>
    <message>
        <source>Papers to be handed in</source>
        <translation>需要补交的材料</translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>Choose  Ctrl+{number}</source>
        <translation>选定  Ctrl+{number}</translation>
    </message>
    <message>
        <source>✓ Chosen</source>
        <translation>✓ 已选定</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Also open</source>
        <translation>也可选</translation>
    </message>
    <message>
        <source>Taken in; tell the risk</source>
        <translation>可收件，须提示风险</translation>
    </message>
    <message>
        <source>Taken in; to be put right</source>
        <translation>可收件，须补正</translation>
    </message>
    <message>
        <source>Another office is competent</source>
        <translation>另有主管机关</translation>
    </message>
    <message>
        <source>The office must refuse</source>
        <translation>依法不予受理或走其他程序</translation>
    </message>
    <message>
        <source>Guidance slip</source>
        <translation>指引单</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>去处</translation>
    </message>
</context>
<context>
    <name>RoutesView</name>
    <message>
        <source>Another route, with a reason  Ctrl+O</source>
        <translation>另定去向 (写明理由)  Ctrl+O</translation>
    </message>
    <message>
        <source>Application  Alt+A</source>
        <translation>申请书  Alt+A</translation>
    </message>
    <message>
        <source>Put aside  F4</source>
        <translation>暂存  F4</translation>
    </message>
    <message>
        <source>Take in  F5</source>
        <translation>收件  F5</translation>
    </message>
    <message>
        <source>Guidance slip  F5</source>
        <translation>出指引单  F5</translation>
    </message>
    <message>
        <source>Where and why</source>
        <translation>去向与依据</translation>
    </message>
    <message>
        <source>The routes appear here as the answers narrow them down.</source>
        <translation>回答几个问题后，这里会列出去向、依据和时限。</translation>
    </message>
    <message>
        <source>Set by the clerk: {route}. Reason: {reason}</source>
        <translation>窗口另定：{route}。理由：{reason}</translation>
    </message>
    <message>
        <source>Tell the visitor</source>
        <translation>须告知来访人</translation>
    </message>
    <message>
        <source>Papers to come</source>
        <translation>将出具</translation>
    </message>
    <message>
        <source>Papers not to be issued here: {n} ›</source>
        <translation>窗口不得出具的文书：{n} 项 ›</translation>
    </message>
    <message>
        <source>route not chosen yet</source>
        <translation>去向未选</translation>
    </message>
    <message>
        <source>new matter</source>
        <translation>新事项</translation>
    </message>
</context>
<context>
    <name>RuleTablePage</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Try facts  Ctrl+T</source>
        <translation>试算  Ctrl+T</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>规则行</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>施行期间</translation>
    </message>
    <message>
        <source>Locality</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>national</source>
        <translation>国家</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>结论：{answer}</translation>
    </message>
</context>
<context>
    <name>RuleTrialPage</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Begin again  Ctrl+D</source>
        <translation>重新开始  Ctrl+D</translation>
    </message>
    <message>
        <source>Facts or rows  Ctrl+G</source>
        <translation>事实/规则行  Ctrl+G</translation>
    </message>
    <message>
        <source>Place and day  Ctrl+K</source>
        <translation>地区与日期  Ctrl+K</translation>
    </message>
    <message>
        <source>Try facts: {title}</source>
        <translation>试算：{title}</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试算</translation>
    </message>
    <message>
        <source>Where and on which day?</source>
        <translation>按哪个地区、哪一天的规定试算？</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Without a day: today. The facts told so far stay.</source>
        <translation>日期留空即按今天。已经填写的事实保留。</translation>
    </message>
    <message>
        <source>The nation</source>
        <translation>全国规定</translation>
    </message>
    <message>
        <source>Choose or type a value.</source>
        <translation>请选择或者填写一个值。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The law of: {frame}</source>
        <translation>适用：{frame}</translation>
    </message>
    <message>
        <source>Fires: {rows}</source>
        <translation>命中：{rows}</translation>
    </message>
    <message>
        <source>No row fires: the table says nothing here.</source>
        <translation>没有规则行命中：本表在这里没有结论。</translation>
    </message>
    <message>
        <source>{n} facts still matter: {facts}</source>
        <translation>还有 {n} 项事实影响结论：{facts}</translation>
    </message>
    <message>
        <source>a row of {place}</source>
        <translation>本行由{place}规定</translation>
    </message>
    <message>
        <source>cannot fire: {facts}</source>
        <translation>不符：{facts}</translation>
    </message>
    <message>
        <source>may fire, by: {facts}</source>
        <translation>未定，取决于：{facts}</translation>
    </message>
    <message>
        <source>fits; a row above it may still speak first</source>
        <translation>条件已符合；上面的规则行仍可能先命中</translation>
    </message>
    <message>
        <source>it asks for nothing</source>
        <translation>没有任何条件</translation>
    </message>
    <message>
        <source>fires: {facts}</source>
        <translation>命中：{facts}</translation>
    </message>
    <message>
        <source>would fit, but a row above it speaks: {facts}</source>
        <translation>条件符合，但上面的规则行已先命中：{facts}</translation>
    </message>
    <message>
        <source>fires</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>靠后</translation>
    </message>
    <message>
        <source>out</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>已填</translation>
    </message>
    <message>
        <source>Facts to tell</source>
        <translation>可填的事实</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>规则行</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Rows of the table</source>
        <translation>本表的规则行</translation>
    </message>
    <message>
        <source>Enter tells a fact · Delete takes it back</source>
        <translation>回车填写事实 · Delete 撤回</translation>
    </message>
</context>
<context>
    <name>RulesView</name>
    <message>
        <source>Enter shows a table with its sources</source>
        <translation>回车查看决策表及其依据</translation>
    </message>
    <message>
        <source>{tables} tables, {rows} rows.</source>
        <translation>{tables} 张决策表，{rows} 行规则。</translation>
    </message>
    <message>
        <source>Citations: ✓ {a} verified · ? {b} not verified · ○ {c} text not installed · ✕ {d} against it</source>
        <translation>引用：✓ 已核对 {a} · ? 未核对 {b} · ○ 全文未安装 {c} · ✕ 与全文不符 {d}</translation>
    </message>
    <message>
        <source>the first row that fits</source>
        <translation>首个符合的行</translation>
    </message>
    <message>
        <source>the only row that fits</source>
        <translation>唯一符合的行</translation>
    </message>
    <message>
        <source>all rows that fit</source>
        <translation>所有符合的行</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>决策表</translation>
    </message>
    <message>
        <source>What speaks</source>
        <translation>取用方式</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例子</translation>
    </message>
    <message>
        <source>Citations</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Decision tables</source>
        <translation>决策表</translation>
    </message>
</context>
<context>
    <name>SamplesScreen</name>
    <message>
        <source>scan the QR code of the paper, or paste its text</source>
        <translation>用扫码枪扫文书上的二维码，或者粘贴二维码的文字</translation>
    </message>
    <message>
        <source>Text of the QR code</source>
        <translation>二维码的文字</translation>
    </message>
    <message>
        <source>Check a PDF file  Alt+F</source>
        <translation>核验 PDF 文件  Alt+F</translation>
    </message>
    <message>
        <source>Papers with made-up values</source>
        <translation>用样例内容预览文书（标明“无效”）</translation>
    </message>
    <message>
        <source>Names, lists and texts as long as they come  Alt+L</source>
        <translation>用最长的姓名、清单和文字  Alt+L</translation>
    </message>
    <message>
        <source>Look at it  Enter</source>
        <translation>查看  Enter</translation>
    </message>
    <message>
        <source>Check a PDF file</source>
        <translation>核验 PDF 文件</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Papers: check and try</source>
        <translation>文书：核验与预览</translation>
    </message>
    <message>
        <source>Is this paper ours?</source>
        <translation>这份文书是不是本系统签发的？</translation>
    </message>
</context>
<context>
    <name>SearchScreen</name>
    <message>
        <source>Nothing found for “{text}”.</source>
        <translation>没有找到“{text}”。</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>找到 {n} 条</translation>
    </message>
</context>
<context>
    <name>SectionBody</name>
    <message>
        <source>Add one more  Ctrl+N</source>
        <translation>加一项  Ctrl+N</translation>
    </message>
    <message>
        <source>Remove this one  Ctrl+D</source>
        <translation>删去这一项  Ctrl+D</translation>
    </message>
</context>
<context>
    <name>SectionPanel</name>
    <message>
        <source>✕ {n} to put right</source>
        <translation>✕ {n} 处要改</translation>
    </message>
    <message>
        <source>○ {n} still empty</source>
        <translation>○ {n} 处未填</translation>
    </message>
    <message>
        <source>✓ complete</source>
        <translation>✓ 已填</translation>
    </message>
</context>
<context>
    <name>SeparatePanel</name>
    <message>
        <source>Take a merge back</source>
        <translation>撤销合并</translation>
    </message>
    <message>
        <source>Separate</source>
        <translation>分开</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Choose the merge.</source>
        <translation>请选择要撤销的合并。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Please say why.</source>
        <translation>请写明理由。</translation>
    </message>
    <message>
        <source>Each is again what it was before, with the visits that named it.</source>
        <translation>分开后各自恢复原样，各自的来访仍归各自。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Simulated: PDF files in a folder</source>
        <translation>模拟：输出 PDF 文件到文件夹</translation>
    </message>
    <message>
        <source>Printer of this system</source>
        <translation>本机系统的打印机</translation>
    </message>
    <message>
        <source>Printer of Windows</source>
        <translation>Windows 的打印机</translation>
    </message>
    <message>
        <source>empty: the system&apos;s default</source>
        <translation>留空为系统默认打印机</translation>
    </message>
    <message>
        <source> minutes</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>Commitments in figures  Ctrl+G</source>
        <translation>告知承诺统计  Ctrl+G</translation>
    </message>
    <message>
        <source>Papers: check and try  Alt+P</source>
        <translation>文书：核验与预览  Alt+P</translation>
    </message>
    <message>
        <source>Printers and queue tickets  Alt+R</source>
        <translation>打印机和排队号  Alt+R</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言 Language</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Printer queue</source>
        <translation>打印队列</translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation>无操作锁屏</translation>
    </message>
    <message>
        <source>Apply  Ctrl+Enter</source>
        <translation>应用  Ctrl+Enter</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>{least} to {most} MB. A larger file is refused; scan it at a lower resolution.</source>
        <translation>可设 {least} 到 {most} MB。超过的文件不收，请降低分辨率重新扫描。</translation>
    </message>
    <message>
        <source>{least} to {most} days after the centre holds the file; longer where the centre&apos;s backups reach back further. What the centre lacks is never removed. Counts from the next sign-in.</source>
        <translation>中心收齐文件后再保留 {least} 到 {most} 天；中心备份要求更久的，按更久的算。中心还没有收齐的，绝不删除。下次登录起生效。</translation>
    </message>
    <message>
        <source>Largest attachment</source>
        <translation>附件大小上限</translation>
    </message>
    <message>
        <source>Keep attachments here</source>
        <translation>附件在本机保留</translation>
    </message>
    <message>
        <source>Outage forms: print, list, void  Alt+O</source>
        <translation>应急收件单：印制、查看、作废  Alt+O</translation>
    </message>
    <message>
        <source>Employer directory  Ctrl+F</source>
        <translation>单位名录：导入、查看  Ctrl+F</translation>
    </message>
    <message>
        <source>Data: {folder}
Definition set: {hash}</source>
        <translation>数据：{folder}
定义集：{hash}</translation>
    </message>
</context>
<context>
    <name>SettlePanel</name>
    <message>
        <source>Settle: {field}</source>
        <translation>处理冲突：{field}</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Both changes stay on record. What you choose holds from now on, everywhere.</source>
        <translation>两次修改都留有记录。您选定的值从现在起各处有效。</translation>
    </message>
    <message>
        <source>One of the values is not on this machine: leave this and fetch it with Ctrl+G first.</source>
        <translation>有一个值不在本机：请先退出，按 Ctrl+G 调取后再处理。</translation>
    </message>
    <message>
        <source>Numbers are shown in full here; that you looked is on record.</source>
        <translation>此处显示完整号码；查看已记录。</translation>
    </message>
    <message>
        <source>Choose the value that holds.</source>
        <translation>请选择以哪个值为准。</translation>
    </message>
    <message>
        <source>What holds</source>
        <translation>以哪个为准</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Give the reason in a sentence.</source>
        <translation>请用一句话写明理由。</translation>
    </message>
</context>
<context>
    <name>SharedPart</name>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>时限</translation>
    </message>
</context>
<context>
    <name>SheetCard</name>
    <message>
        <source>A sheet for each person</source>
        <translation>每人一页</translation>
    </message>
    <message>
        <source>Each person of the list signs on a sheet of their own.</source>
        <translation>名单上的人各签一页。</translation>
    </message>
    <message>
        <source>P  Print them</source>
        <translation>P  打印</translation>
    </message>
    <message>
        <source>S  Save as one file</source>
        <translation>S  另存为一个文件</translation>
    </message>
    <message>
        <source>C  Cancel</source>
        <translation>C  取消</translation>
    </message>
    <message>
        <source>X  Close</source>
        <translation>X  关闭</translation>
    </message>
    <message>
        <source>Progress of the sheets</source>
        <translation>打印进度</translation>
    </message>
    <message>
        <source>{n} people, each signs on a sheet of their own. Printing goes on while you work.</source>
        <translation>共 {n} 人，各签一页。打印在后台进行，可以继续办理。</translation>
    </message>
</context>
<context>
    <name>SheetFaults</name>
    <message>
        <source>Cell</source>
        <translation>单元格</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>whole row</source>
        <translation>整行</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Why it was not taken</source>
        <translation>没有导入的原因</translation>
    </message>
    <message>
        <source>Cells to put right</source>
        <translation>要改的单元格</translation>
    </message>
    <message>
        <source>Right content of this cell</source>
        <translation>这一格的正确内容</translation>
    </message>
    <message>
        <source>Check again  Enter</source>
        <translation>改好，重新核对  回车</translation>
    </message>
    <message>
        <source>Leave the row out  Ctrl+Delete</source>
        <translation>不要这一行  Ctrl+Delete</translation>
    </message>
    <message>
        <source>Save these rows as a sheet  Ctrl+Shift+E</source>
        <translation>另存这些行，交来人改  Ctrl+Shift+E</translation>
    </message>
</context>
<context>
    <name>SheetPanel</name>
    <message>
        <source>Import a sheet  Ctrl+I</source>
        <translation>导入表格  Ctrl+I</translation>
    </message>
    <message>
        <source>Paste from a sheet  Ctrl+Shift+V</source>
        <translation>粘贴表格内容  Ctrl+Shift+V</translation>
    </message>
    <message>
        <source>Save a template  Ctrl+Shift+M</source>
        <translation>保存空白模板  Ctrl+Shift+M</translation>
    </message>
    <message>
        <source>Empty the list</source>
        <translation>清空名单</translation>
    </message>
    <message>
        <source>Stop  Ctrl+.</source>
        <translation>停止  Ctrl+.</translation>
    </message>
    <message>
        <source>Sheets (*.xlsx *.xlsm *.csv *.txt *.tsv);;All files (*)</source>
        <translation>表格 (*.xlsx *.xlsm *.csv *.txt *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Import a sheet</source>
        <translation>导入表格</translation>
    </message>
    <message>
        <source>Nothing was copied. Copy the cells, headings included, then paste here.</source>
        <translation>剪贴板里没有内容。请在表格里连同列标题一起复制，再到这里粘贴。</translation>
    </message>
    <message>
        <source> template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source> to put right</source>
        <translation>待改</translation>
    </message>
    <message>
        <source>The list is empty. Ctrl+Z brings it back.</source>
        <translation>名单已清空，按 Ctrl+Z 恢复。</translation>
    </message>
    <message>
        <source>Saved: {file}, in the folder for papers</source>
        <translation>已保存到文书文件夹：{file}</translation>
    </message>
    <message>
        <source>Reading the sheet …</source>
        <translation>正在读取表格…</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Locked</source>
        <translation>已锁屏</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Clerk code</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>A colleague puts her own code in: Shift+Tab</source>
        <translation>换同事登录：按 Shift+Tab 改工号</translation>
    </message>
    <message>
        <source>Go on  Enter</source>
        <translation>继续  Enter</translation>
    </message>
    <message>
        <source>Sign in  Enter</source>
        <translation>登录  Enter</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Clear  Del</source>
        <translation>清除  Del</translation>
    </message>
    <message>
        <source>Draw it again  R</source>
        <translation>重放  R</translation>
    </message>
    <message>
        <source>Leave it  Esc</source>
        <translation>不签了  Esc</translation>
    </message>
    <message>
        <source>Signed  Ctrl+Enter</source>
        <translation>签好了  Ctrl+Enter</translation>
    </message>
    <message>
        <source>✕ There is no signature yet: sign in the box with mouse, finger or pen.</source>
        <translation>✕ 还没有签名：请用鼠标、手指或者手写笔在框内签名。</translation>
    </message>
    <message>
        <source>✕ This drawing cannot be kept; clear it and sign once more.</source>
        <translation>✕ 这个笔迹无法保存，请清除后重新签名。</translation>
    </message>
    <message>
        <source>Nothing was drawn yet.</source>
        <translation>还没有签名。</translation>
    </message>
    <message>
        <source>Strokes drawn: {n}</source>
        <translation>已写 {n} 笔</translation>
    </message>
    <message>
        <source>Signature of {name}</source>
        <translation>{name}的签名</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
</context>
<context>
    <name>StartingScreen</name>
    <message>
        <source>One-window acceptance</source>
        <translation>一口受理</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>F2 new visit  F3 find  F5 take in  F6 print  F12 lock</source>
        <translation>F2 新来访   F3 查找   F5 收件   F6 打印   F12 锁屏</translation>
    </message>
    <message>
        <source>F2 queue  F3 find  F5 take over  F12 lock</source>
        <translation>F2 来件  F3 查找  F5 接收  F12 锁屏</translation>
    </message>
    <message>
        <source>{n} unsent  Ctrl+L ›</source>
        <translation>待传 {n} 条  Ctrl+L ›</translation>
    </message>
    <message>
        <source>{n} unsent · {m} set apart  Ctrl+L ›</source>
        <translation>待传 {n} 条 · 搁置 {m} 条  Ctrl+L ›</translation>
    </message>
    <message>
        <source>{m} set apart  Ctrl+L ›</source>
        <translation>搁置 {m} 条  Ctrl+L ›</translation>
    </message>
    <message>
        <source>{n} to settle  Ctrl+J ›</source>
        <translation>冲突 {n} 件  Ctrl+J ›</translation>
    </message>
    <message>
        <source>Printer simulated (files)</source>
        <translation>打印机 模拟 (存文件)</translation>
    </message>
    <message>
        <source>Printer {name} ready</source>
        <translation>打印机 {name} 就绪</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>Printer {name}: {problem}</source>
        <translation>打印机 {name}：{problem}</translation>
    </message>
</context>
<context>
    <name>StepCard</name>
    <message>
        <source>Open Enter</source>
        <translation>打开 Enter</translation>
    </message>
</context>
<context>
    <name>TicketCard</name>
    <message>
        <source>Queue</source>
        <translation>排队叫号</translation>
    </message>
    <message>
        <source>Give a number  Shift+F9</source>
        <translation>取号  Shift+F9</translation>
    </message>
    <message>
        <source>Call the next  F9</source>
        <translation>叫下一号  F9</translation>
    </message>
    <message>
        <source>Call again  F10</source>
        <translation>重叫  F10</translation>
    </message>
    <message>
        <source>Print the number again  Shift+F10</source>
        <translation>补打排队号  Shift+F10</translation>
    </message>
    <message>
        <source>A number for what?</source>
        <translation>取哪类业务的号？</translation>
    </message>
    <message>
        <source>Put the visit aside (F4), then choose what the number is for.</source>
        <translation>请先暂存来访 (F4)，再选择取号的业务。</translation>
    </message>
    <message>
        <source>Nobody waits.</source>
        <translation>没有人在等候。</translation>
    </message>
    <message>
        <source>Nobody was called today.</source>
        <translation>今天还没有叫过号。</translation>
    </message>
    <message>
        <source>Number {number} is being printed…</source>
        <translation>正在打印 {number} 号…</translation>
    </message>
    <message>
        <source>Number {number}: {count} before it.</source>
        <translation>{number} 号：前面还有 {count} 人。</translation>
    </message>
    <message>
        <source>Simulated ticket printer, nothing on paper: {job}</source>
        <translation>模拟小票打印机，没有打在纸上：{job}</translation>
    </message>
    <message>
        <source>Number {number} counts, but its paper did not come out: tell it to the visitor. {problem}</source>
        <translation>{number} 号有效，但小票没有打出，请口头告知来访人。{problem}</translation>
    </message>
    <message>
        <source>Number {number}, please come to {counter}.</source>
        <translation>请 {number} 号到{counter}。</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} 人等候</translation>
    </message>
    <message>
        <source>called: {number}</source>
        <translation>正在办理：{number}</translation>
    </message>
    <message>
        <source>Print {number} again  Shift+F10</source>
        <translation>补打 {number}  Shift+F10</translation>
    </message>
</context>
<context>
    <name>TicketForm</name>
    <message>
        <source>None: the hall gives numbers out by other means</source>
        <translation>不用：大厅另有叫号系统</translation>
    </message>
    <message>
        <source>Simulated: files in a folder</source>
        <translation>模拟小票打印机：存为文件</translation>
    </message>
    <message>
        <source>Queue of this system (CUPS, raw)</source>
        <translation>本机系统的队列（CUPS，原始）</translation>
    </message>
    <message>
        <source>Network port</source>
        <translation>网络端口</translation>
    </message>
    <message>
        <source>Device file</source>
        <translation>设备文件</translation>
    </message>
    <message>
        <source>Printer of Windows (raw)</source>
        <translation>Windows 的打印机（原始）</translation>
    </message>
    <message>
        <source>its own Chinese characters; rare ones as pictures</source>
        <translation>用打印机自带汉字，生僻字用图像</translation>
    </message>
    <message>
        <source>everything as a picture</source>
        <translation>全部用图像</translation>
    </message>
    <message>
        <source>Ticket printer</source>
        <translation>小票打印机</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Text on it</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Businesses</source>
        <translation>取号业务</translation>
    </message>
    <message>
        <source>Note on the ticket</source>
        <translation>小票上的提示</translation>
    </message>
    <message>
        <source>A Labour disputes; B Employment</source>
        <translation>A 劳动维权；B 就业服务</translation>
    </message>
    <message>
        <source>Write each business as a letter and its name, separated by semicolons; {most} at most.</source>
        <translation>每类业务写一个字母和名称，用分号隔开，最多 {most} 类。</translation>
    </message>
    <message>
        <source>No numbers are given out here.</source>
        <translation>本窗口不取号。</translation>
    </message>
    <message>
        <source>Simulated: nothing is printed, the bytes of each ticket are laid in the folder.</source>
        <translation>模拟：不打在纸上，每张小票的数据存入输出文件夹。</translation>
    </message>
    <message>
        <source>✓ {printer} is ready.</source>
        <translation>✓ 打印机“{printer}”可以使用。</translation>
    </message>
    <message>
        <source>name of a raw queue</source>
        <translation>原始队列的名称</translation>
    </message>
    <message>
        <source>address:port, such as 10.0.0.5:9100</source>
        <translation>地址:端口，如 10.0.0.5:9100</translation>
    </message>
    <message>
        <source>such as /dev/usb/lp0</source>
        <translation>如 /dev/usb/lp0</translation>
    </message>
    <message>
        <source>name of the printer; empty: the default one</source>
        <translation>打印机名称；留空：默认打印机</translation>
    </message>
</context>
<context>
    <name>UnsentFiles</name>
    <message>
        <source>Attachments on their way: {n}</source>
        <translation>还没有全部交到中心的附件：{n} 个</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 个</translation>
    </message>
    <message>
        <source>{percent} % handed in</source>
        <translation>已交 {percent}%</translation>
    </message>
</context>
<context>
    <name>UnsentScreen</name>
    <message>
        <source>Unsent</source>
        <translation>待传</translation>
    </message>
    <message>
        <source>Try now  F5</source>
        <translation>立即重试  F5</translation>
    </message>
    <message>
        <source>Everything here is stored safely on this machine and goes to the centre once there is a line.</source>
        <translation>这些都已安全保存在本机；连上中心库后会自动上传，不影响收件。</translation>
    </message>
    <message>
        <source>Nothing waits for the centre.</source>
        <translation>没有待传的内容。</translation>
    </message>
    <message>
        <source>What was set apart was seen to  Ctrl+K</source>
        <translation>搁置的已看过、已处理  Ctrl+K</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>共 {all} 条，列出最早 {n} 条</translation>
    </message>
    <message>
        <source>What to do  Enter</source>
        <translation>怎么办  Enter</translation>
    </message>
    <message>
        <source>Try now  Enter</source>
        <translation>立即重试  Enter</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>已等</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>VisitAsks</name>
    <message>
        <source>1  Choose a route</source>
        <translation>1  去选去向</translation>
    </message>
    <message>
        <source>2  Guidance slip only</source>
        <translation>2  只出指引单</translation>
    </message>
    <message>
        <source>The visitor has not chosen a route for every matter.</source>
        <translation>还有事项没有选定去向。</translation>
    </message>
    <message>
        <source>{n} to put right before taking in: {first}</source>
        <translation>收件前有 {n} 处要改：{first}</translation>
    </message>
    <message>
        <source>1  I set the clock first</source>
        <translation>1  先去调整时间</translation>
    </message>
    <message>
        <source>2  The time is right, take in</source>
        <translation>2  时间正确，收件</translation>
    </message>
</context>
<context>
    <name>VisitHandouts</name>
    <message>
        <source>As the form stands now. The visitor reads it, signs it and hands it in.</source>
        <translation>按表内现有内容填写。请来访人核对、签名后交来。</translation>
    </message>
</context>
<context>
    <name>VisitLayout</name>
    <message>
        <source>Visit</source>
        <translation>来访</translation>
    </message>
    <message>
        <source>Undo  Ctrl+Z</source>
        <translation>撤销  Ctrl+Z</translation>
    </message>
    <message>
        <source>Do again  Ctrl+Y</source>
        <translation>重做  Ctrl+Y</translation>
    </message>
    <message>
        <source>Hand over  Ctrl+H</source>
        <translation>转交  Ctrl+H</translation>
    </message>
    <message>
        <source>Who is here</source>
        <translation>来访人</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>情况说明</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>材料</translation>
    </message>
</context>
<context>
    <name>VisitNoting</name>
    <message>
        <source>Due  Ctrl+W</source>
        <translation>待办  Ctrl+W</translation>
    </message>
    <message>
        <source>Note something due about this visit</source>
        <translation>为本次来访登记待办</translation>
    </message>
    <message>
        <source>Noted for {day}.</source>
        <translation>已登记，期限 {day}。</translation>
    </message>
    <message>
        <source>Noted.</source>
        <translation>已登记。</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>好</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>since {time}</source>
        <translation>{time} 到窗</translation>
    </message>
    <message>
        <source>{n} matters: {titles}</source>
        <translation>{n} 个事项：{titles}</translation>
    </message>
    <message>
        <source>national rules</source>
        <translation>全国规则</translation>
    </message>
</context>
<context>
    <name>VisitSteps</name>
    <message>
        <source>Form</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>change an answer</source>
        <translation>改前面的答案</translation>
    </message>
    <message>
        <source>{n} still empty</source>
        <translation>{n} 处未填</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>已填</translation>
    </message>
    <message>
        <source>{n} to put right</source>
        <translation>{n} 处要改</translation>
    </message>
    <message>
        <source>{n} here</source>
        <translation>收到 {n}</translation>
    </message>
    <message>
        <source>{n} missing, taken in all the same</source>
        <translation>缺 {n}，不影响收件</translation>
    </message>
    <message>
        <source>after the route is chosen</source>
        <translation>选定去向后填写</translation>
    </message>
    <message>
        <source>changing an earlier answer; the later ones stay · Ctrl+Enter leaves it</source>
        <translation>正在改前面的答案，后面的都保留 · Ctrl+Enter 不改</translation>
    </message>
    <message>
        <source>at most {n} more questions</source>
        <translation>最多再答 {n} 题</translation>
    </message>
</context>
<context>
    <name>VisitTravel</name>
    <message>
        <source>Removed. Ctrl+Z brings it back.</source>
        <translation>已删除，按 Ctrl+Z 可以恢复。</translation>
    </message>
</context>
<context>
    <name>Visiting</name>
    <message>
        <source>Discard the visit of {visitor} for good?</source>
        <translation>彻底删除 {visitor} 的这次来访？</translation>
    </message>
    <message>
        <source>1  Keep it</source>
        <translation>1  留着</translation>
    </message>
    <message>
        <source>2  Discard</source>
        <translation>2  删除</translation>
    </message>
</context>
<context>
    <name>VoidPanel</name>
    <message>
        <source>Void the form {number}</source>
        <translation>作废应急收件单 {number}</translation>
    </message>
    <message>
        <source>Void it</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>A paper with this number is refused from then on; keep the spoilt form with the files.</source>
        <translation>作废后不再接受此编号；作废的单据请留存备查。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Choose the reason.</source>
        <translation>请选择原因。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>WelcomeScreen</name>
    <message>
        <source>Welcome to the counter desk</source>
        <translation>欢迎使用窗口收件程序</translation>
    </message>
    <message>
        <source>Nothing has been set up on this machine yet. How do you want to begin?</source>
        <translation>这台电脑还没有设置。请选择怎样开始：</translation>
    </message>
    <message>
        <source>1  Practice hall with sample data</source>
        <translation>1  进入练习大厅 (带示例数据)</translation>
    </message>
    <message>
        <source>Made-up cases, no password. Every screen and every paper says that it is practice.</source>
        <translation>示例办件，不用密码。每个画面、每份文书都标明“练习”。</translation>
    </message>
    <message>
        <source>2  Set up this station from its enrolment</source>
        <translation>2  登记本机 (窗口或承办机构)</translation>
    </message>
    <message>
        <source>Needs the file or the QR codes from your centre and the one-time code. No connection is needed.</source>
        <translation>需要中心库发的登记文件或二维码，以及一次性代码。不需要联网。</translation>
    </message>
    <message>
        <source>3  A hall on its own</source>
        <translation>3  设置独立大厅</translation>
    </message>
    <message>
        <source>For a hall without a centre: this machine keeps the centre itself and gives real numbers.</source>
        <translation>没有中心库的大厅：由本机保存中心库，给出正式编号。</translation>
    </message>
    <message>
        <source>Setting up the practice hall…</source>
        <translation>正在准备练习大厅…</translation>
    </message>
</context>
<context>
    <name>WithdrawPanel</name>
    <message>
        <source>Withdraw a file attached by mistake</source>
        <translation>撤下附错的文件</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤下</translation>
    </message>
    <message>
        <source>It stays here, struck out, and the office sees that it no longer counts.</source>
        <translation>撤下后文件仍留在这里并划线标明，办理机构能看到它不再作为材料。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Choose the reason.</source>
        <translation>请选择原因。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>WithdrawalPanel</name>
    <message>
        <source>Withdraw a commitment</source>
        <translation>撤回承诺</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>The applicant may withdraw before the end; then the certificate is handed in after all.</source>
        <translation>办结以前申请人可以撤回承诺；撤回后按原程序提交证明。</translation>
    </message>
    <message>
        <source>Commitment</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Choose which one.</source>
        <translation>请选择是哪一项。</translation>
    </message>
    <message>
        <source>Write the applicant&apos;s reason in a sentence.</source>
        <translation>请用一句话写明申请人的理由。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>panel</name>
    <message>
        <source>On record: {state}</source>
        <translation>已记录：{state}</translation>
    </message>
</context>
<context>
    <name>self.card</name>
    <message>
        <source>Papers issued: {n}</source>
        <translation>已出具文书 {n} 份</translation>
    </message>
    <message>
        <source>Withdrawn. The certificate is due again.</source>
        <translation>已撤回。需要补交该证明。</translation>
    </message>
</context>
</TS>
